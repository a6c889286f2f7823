/* SPDX-License-Identifier: Apache-2.0
 * The commands: argv[0] is the command's name; each returns the exit status. */
#ifndef CVHEATMAP_TOOL_COMMANDS_H
#define CVHEATMAP_TOOL_COMMANDS_H

int encode_command(int argc, char **argv);
int decode_command(int argc, char **argv);
int crop_command(int argc, char **argv);
int crosscheck_command(int argc, char **argv);
int compare_command(int argc, char **argv);
int conventions_command(int argc, char **argv);
int decoders_command(int argc, char **argv);

#endif
