# SPDX-License-Identifier: Apache-2.0
# What is installed, as component "runtime" (the shared library), "dev" (headers, archive or link, CMake and pkg-config
# files) and "tool" (the program and its page). Every installed path is relative: the whole prefix may be moved.
include(CMakePackageConfigHelpers)

set(CVH_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/cvheatmap)
install(TARGETS cvheatmap EXPORT cvheatmap-targets
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT runtime NAMELINK_COMPONENT dev
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT dev
        RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT runtime)
install(DIRECTORY include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT dev FILES_MATCHING PATTERN *.h*)
install(EXPORT cvheatmap-targets NAMESPACE cvheatmap:: DESTINATION ${CVH_CMAKE_DIR} COMPONENT dev)
if(TARGET cvheatmap_tool)
  if(NOT CMAKE_INSTALL_PREFIX STREQUAL "/usr")
    file(RELATIVE_PATH CVH_BIN_TO_LIB ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR})
    set_target_properties(cvheatmap_tool PROPERTIES INSTALL_RPATH $ORIGIN/${CVH_BIN_TO_LIB})
  endif()
  install(TARGETS cvheatmap_tool RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT tool)
  install(FILES tool/cvheatmap.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT tool)
endif()
if(CMAKE_INSTALL_PREFIX STREQUAL "/usr")
  install(FILES cmake/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libcvheatmap0 COMPONENT runtime)
  install(FILES cmake/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libcvheatmap-dev COMPONENT dev)
  install(FILES cmake/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/cvheatmap COMPONENT tool)
else()
  install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT dev)
endif()

# find_package(cvheatmap CONFIG)
string(REGEX REPLACE "^([0-9]+\\.[0-9]+).*" "\\1" CVH_OPENCV_SERIES "${CVHOpenCV_VERSION}")
set(CVH_OPENCV_RANGE 4.5...<5)
if(CVHOpenCV_VERSION VERSION_GREATER_EQUAL 5)
  set(CVH_OPENCV_RANGE 5...<6)
endif()
configure_package_config_file(cmake/cvheatmap-config.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/cvheatmap-config.cmake
                              INSTALL_DESTINATION ${CVH_CMAKE_DIR})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/cvheatmap-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/cvheatmap-config.cmake ${CMAKE_CURRENT_BINARY_DIR}/cvheatmap-config-version.cmake
        DESTINATION ${CVH_CMAKE_DIR} COMPONENT dev)
install(FILES cmake/FindCVHOpenCV.cmake DESTINATION ${CVH_CMAKE_DIR} COMPONENT dev)

# pkg-config cvheatmap. The prefix is found from the .pc file's own place, not written at configure time.
set(CVH_PC_DIR ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
file(RELATIVE_PATH CVH_PC_TO_PREFIX ${CMAKE_INSTALL_PREFIX}/${CVH_PC_DIR} ${CMAKE_INSTALL_PREFIX})
string(REGEX REPLACE "/$" "" CVH_PC_TO_PREFIX ${CVH_PC_TO_PREFIX})
# An archive has no memory of what it needs: it stands in Libs, so that `pkg-config --libs` links with and without --static.
set(CVH_PC_LIBS "")
if(NOT CVHEATMAP_SHARED AND NOT CVHEATMAP_OPENCV)
  set(CVH_PC_LIBS " -l${CVH_LIBM}")
elseif(NOT CVHEATMAP_SHARED)
  list(TRANSFORM CVH_CXX_RUNTIME PREPEND -l OUTPUT_VARIABLE CVH_PC_RUNTIME)
  list(JOIN CVH_PC_RUNTIME " " CVH_PC_RUNTIME)
  set(CVH_PC_LIBS " -L${CVHOpenCV_LIBRARY_DIR} -lopencv_imgproc -lopencv_core ${CVH_PC_RUNTIME} -l${CVH_LIBM}")
endif()
configure_file(cmake/cvheatmap.pc.in ${CMAKE_CURRENT_BINARY_DIR}/cvheatmap.pc.in @ONLY)
file(GENERATE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/cvheatmap.pc INPUT ${CMAKE_CURRENT_BINARY_DIR}/cvheatmap.pc.in)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/cvheatmap.pc DESTINATION ${CVH_PC_DIR} COMPONENT dev)
