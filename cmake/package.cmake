# SPDX-License-Identifier: Apache-2.0
# Debian packages by `cpack -G DEB`: libcvheatmap0, libcvheatmap-dev, cvheatmap. Configure with the preset "release": GNUInstallDirs
# picks Debian's library folder for the prefix /usr alone. CPack needs the packages dpkg-dev and file; without dpkg-dev it only
# warns, and makes packages that depend on nothing.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "The cvheatmap authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "keypoint heatmaps, cross-checked against OpenCV")
set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_CURRENT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL runtime dev tool)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CMAKE_CURRENT_BINARY_DIR})
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME libcvheatmap0)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_DEV_PACKAGE_NAME libcvheatmap-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS "libcvheatmap0 (= ${PROJECT_VERSION})")
set(CPACK_DEBIAN_TOOL_PACKAGE_NAME cvheatmap)
set(CPACK_DEBIAN_TOOL_PACKAGE_SECTION graphics)
set(CPACK_DEBIAN_TOOL_PACKAGE_DEPENDS "libcvheatmap0 (= ${PROJECT_VERSION})")
if(CMAKE_CROSSCOMPILING)
  # The target's architecture: CPack would ask dpkg for this machine's.
  execute_process(COMMAND ${CMAKE_C_COMPILER} -dumpmachine OUTPUT_VARIABLE CVH_TARGET OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  find_program(CVH_DPKG_ARCHITECTURE dpkg-architecture)
  if(CVH_DPKG_ARCHITECTURE AND CVH_TARGET)
    execute_process(COMMAND ${CVH_DPKG_ARCHITECTURE} -t${CVH_TARGET} -qDEB_HOST_ARCH ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE
                    OUTPUT_VARIABLE CPACK_DEBIAN_PACKAGE_ARCHITECTURE)
  endif()
endif()
include(CPack)
