/* SPDX-License-Identifier: Apache-2.0 */
#include "peers.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sstream>

namespace bench
{
namespace
{

struct process {
    std::FILE *out;
    explicit process(const std::string &command) : out(popen(command.c_str(), "r"))
    {
    }
    process(const process &) = delete;
    process &operator=(const process &) = delete;
    ~process()
    {
        if (out) pclose(out);
    }
};

/* A line of peers.py: row, NAME, AGAINST, ours, theirs or skipped, NAME, REASON; separated by tabs. */
void add_line(report &to, const std::string &line)
{
    std::vector<std::string> fields;
    std::istringstream cut(line);
    for (std::string field; std::getline(cut, field, '\t');) fields.push_back(field);
    if (fields.size() == 5 && fields[0] == "row")
        to.add({fields[1], fields[2], 0, 0, {std::atof(fields[3].c_str()), std::atof(fields[4].c_str())}});
    else if (fields.size() == 3 && fields[0] == "skipped")
        to.skip(fields[1], fields[2]);
    else
        fail("peers.py answered: " + line);
}

} // namespace

void add_peers(report &to, const effort &how)
{
    const char *library = std::getenv("CVHEATMAP_LIBRARY"), *script = std::getenv("CVHEATMAP_PEERS");
    if (!library) library = CVHEATMAP_LIBRARY;
    if (!script) script = CVHEATMAP_PEERS;
    if (!*library) return to.skip(PEERS, "the library is static; Python needs a shared one");
    const std::string command =
        std::string("python3 '") + script + "' '" + library + "' " + std::to_string(how.rounds) + " 2>/dev/null";
    const process python(command);
    if (!python.out) return to.skip(PEERS, "cannot start python3");
    bool answered = false;
    char line[512];
    while (std::fgets(line, sizeof line, python.out)) {
        line[std::strcspn(line, "\n")] = '\0';
        add_line(to, line);
        answered = true;
    }
    if (!answered) to.skip(PEERS, "there is no python3");
}

} // namespace bench
