/* SPDX-License-Identifier: Apache-2.0
 * Rows against other people's Python, where it is at hand. */
#ifndef CVH_TEST_BENCH_PEERS_HPP
#define CVH_TEST_BENCH_PEERS_HPP

#include "report.hpp"

namespace bench
{

constexpr const char *PEERS = "peers";

/* Runs peers.py, which loads the shared library and times both sides in its own process, in turn. */
void add_peers(report &to, const effort &how);

} // namespace bench

#endif
