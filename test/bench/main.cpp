/* SPDX-License-Identifier: Apache-2.0
 * cvheatmap_bench: what the library costs beside the work that cannot be avoided, or beside the way it is done without it.
 * Fails where the two sides of a row disagree, never on a timing. */
#include <cmath>
#include <cstdio>
#include <cstring>
#include <exception>

#include "bench.hpp"
#include "peers.hpp"
#include "report.hpp"

namespace
{

struct options {
    bool json, brief, list;
    std::string row; /* a part of the names wanted */
};

int usage(std::FILE *to)
{
    std::fputs("usage: cvheatmap_bench [--short] [--row NAME] [--json] [--list]\n"
               "  --short      a few seconds for all of it; the numbers are rougher\n"
               "  --row NAME   only the rows whose name has NAME in it\n"
               "  --json       the results as JSON instead of tables\n"
               "  --list       the rows' names\n",
               to);
    return to == stdout ? 0 : 2;
}

/* -1: go on; else the exit status. */
int parse(int argc, char **argv, options *chosen)
{
    for (int i = 1; i < argc; i++) {
        const std::string argument = argv[i];
        if (argument == "--help") return usage(stdout);
        if (argument == "--json")
            chosen->json = true;
        else if (argument == "--short")
            chosen->brief = true;
        else if (argument == "--list")
            chosen->list = true;
        else if (argument == "--row" && i + 1 < argc)
            chosen->row = argv[++i];
        else
            return usage(stderr);
    }
    return -1;
}

bool wanted(const options &chosen, const std::string &name)
{
    return name.find(chosen.row) != std::string::npos;
}

std::string growth_name(const bench::growth &what)
{
    return what.name + ", " + what.over;
}

void list(const std::vector<bench::row> &rows)
{
    for (const bench::row &row : rows) std::printf("%s\n", row.name.c_str());
    for (const bench::growth &what : bench::growth_rows()) std::printf("%s\n", growth_name(what).c_str());
    std::printf("%s\n", bench::PEERS);
}

void run(const options &chosen, const std::vector<bench::row> &rows)
{
    const bench::effort how = chosen.brief ? bench::brief_effort() : bench::full_effort();
    bench::report report(chosen.json);
    for (const bench::row &row : rows)
        if (wanted(chosen, row.name)) report.add({row.name, row.against, row.bar, row.aim, row.measure(how)});
    if (wanted(chosen, bench::PEERS)) bench::add_peers(report, how);
    for (const bench::growth &what : bench::growth_rows())
        if (wanted(chosen, growth_name(what))) report.add(what, bench::fit_growth(what, how));
}

} // namespace

int main(int argc, char **argv)
{
    options chosen{};
    const int status = parse(argc, argv, &chosen);
    if (status >= 0) return status;
    try {
        std::vector<bench::row> rows;
        bench::add_encode_rows(rows);
        bench::add_blur_rows(rows);
        bench::add_read_rows(rows);
        bench::add_crop_rows(rows);
        bench::add_simcc_rows(rows);
        bench::add_tensor_rows(rows);
        if (chosen.list)
            list(rows);
        else
            run(chosen, rows);
    } catch (const std::exception &error) {
        std::fprintf(stderr, "cvheatmap_bench: %s\n", error.what());
        return 1;
    }
    return 0;
}
