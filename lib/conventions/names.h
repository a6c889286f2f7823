/* SPDX-License-Identifier: Apache-2.0
 * How a table's rows are named and found; every table of this wing is looked up here.
 *
 * A row is named after its project: the project's own name where it has one row ("hrnet"), else the project first and then
 * what tells its rows apart ("mmpose_udp"). The same row of another table has the same name. Other spellings are aliases: they
 * are found and never listed, and what is found bears the row's name. */
#ifndef CVH_LIB_NAMES_H
#define CVH_LIB_NAMES_H

typedef struct cvh_alias {
    const char *alias, *name;
} cvh_alias;

typedef struct cvh_names {
    const char *what;         /* what a row is, for messages: "convention" */
    const char *(*name)(int); /* the name of row i, NULL past the last */
    const cvh_alias *aliases; /* this table's own, up to {NULL, NULL}; those that hold in every table stand in names.c */
} cvh_names;

/* The index of the row that `name` names. Where there is none, or name is NULL: -1, and this thread's text says so and lists
 * the names near it, or all that fit in it where none is near:
 *     no decoder is named "darkpos"; near: darkpose
 * A name that begins with a known project's is told of that project's rows alone, for another's are other numbers. */
int cvh_names_find(const cvh_names *names, const char *name);

#endif
