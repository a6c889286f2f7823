/* SPDX-License-Identifier: Apache-2.0
 * The program's stderr and stdout, caught: a failure is one line that begins with "cvheatmap: " and holds no control character.
 */
#ifndef CVH_TEST_TOOL_MESSAGES_H
#define CVH_TEST_TOOL_MESSAGES_H

/* Before the first call: from here on stdout and stderr are streams in memory. */
void catch_messages(void);

/* Forgets what was printed. */
void forget_messages(void);

/* Requires that stderr holds one harmless line; any number of them; or nothing. */
void require_one_message(void);
void require_remarks(void);
void require_no_message(void);

#endif
