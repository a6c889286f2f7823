# SPDX-License-Identifier: Apache-2.0
# The target "docs": pages of the public headers under build/<preset>/html. A warning is an error.
find_program(CVH_DOXYGEN doxygen)
if(NOT CVH_DOXYGEN)
  message(FATAL_ERROR "CVHEATMAP_DOCS needs Doxygen. Debian and Ubuntu: apt-get install doxygen.")
endif()
configure_file(cmake/Doxyfile.in ${CMAKE_CURRENT_BINARY_DIR}/Doxyfile @ONLY)
add_custom_target(docs COMMAND ${CVH_DOXYGEN} ${CMAKE_CURRENT_BINARY_DIR}/Doxyfile
                  WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} VERBATIM)
