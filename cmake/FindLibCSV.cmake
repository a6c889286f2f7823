# SPDX-License-Identifier: Apache-2.0
# libcsv (Robert Gamble's), which installs neither a CMake config nor a .pc file: the target LibCSV::LibCSV. Used by the program
# and its tests; users of the library never see it.
find_path(LibCSV_INCLUDE_DIR csv.h)
find_library(LibCSV_LIBRARY csv)
mark_as_advanced(LibCSV_INCLUDE_DIR LibCSV_LIBRARY)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(LibCSV REQUIRED_VARS LibCSV_LIBRARY LibCSV_INCLUDE_DIR
                                  REASON_FAILURE_MESSAGE "Debian and Ubuntu: apt-get install libcsv-dev.")
if(LibCSV_FOUND AND NOT TARGET LibCSV::LibCSV)
  add_library(LibCSV::LibCSV UNKNOWN IMPORTED)
  set_target_properties(LibCSV::LibCSV PROPERTIES IMPORTED_LOCATION ${LibCSV_LIBRARY}
                        INTERFACE_INCLUDE_DIRECTORIES ${LibCSV_INCLUDE_DIR})
endif()
