// SPDX-License-Identifier: Apache-2.0
#include "cli/commands/whole_file.h"

#include <gtest/gtest.h>

#include "tests/cli/scratch_folder.h"

namespace muster::commands {
namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

TEST(WholeFile, StandsWholeAfterCommit) {
  ScratchFolder folder;
  auto file = WholeFile::create(folder.path("a.txt"), "a.txt");
  ASSERT_TRUE(file);
  (*file)->stream() << "new";
  EXPECT_FALSE(fs::exists(folder.path("a.txt")));
  ASSERT_TRUE((*file)->commit());
  EXPECT_EQ(folder.read("a.txt"), "new");
  EXPECT_EQ(folder.names(), Names{"a.txt"});
}

TEST(WholeFile, WithoutCommitNothingChanges) {
  ScratchFolder folder;
  folder.write("a.txt", "old");
  {
    auto file = WholeFile::create(folder.path("a.txt"), "a.txt");
    ASSERT_TRUE(file);
    (*file)->stream() << "half" << std::flush;
    EXPECT_EQ(folder.names().size(), 2u);
  }
  EXPECT_EQ(folder.read("a.txt"), "old");
  EXPECT_EQ(folder.names(), Names{"a.txt"});
}

TEST(WholeFile, KeepsPermissions) {
  ScratchFolder folder;
  folder.write("a.txt", "old");
  const auto odd = fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read | fs::perms::others_exec;
  fs::permissions(folder.path("a.txt"), odd);
  auto file = WholeFile::create(folder.path("a.txt"), "a.txt");
  ASSERT_TRUE(file && (*file)->commit());
  EXPECT_EQ(fs::status(folder.path("a.txt")).permissions(), odd);
}

TEST(WholeFile, AFileThatIsReadOnlyIsRefused) {
  ScratchFolder folder;
  folder.write("a.txt", "old");
  fs::permissions(folder.path("a.txt"), fs::perms::owner_read);
  fs::create_symlink("a.txt", folder.path("link.txt"));
  for (const char* name : {"a.txt", "link.txt"}) {
    const auto file = WholeFile::create(folder.path(name), name);
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().message, "`" + std::string(name) + "` can't be written: it is read-only");
  }
  EXPECT_EQ(folder.names(), (Names{"a.txt", "link.txt"}));
}

TEST(WholeFile, ALinkStaysALink) {
  ScratchFolder folder;
  folder.write("real/a.txt", "old");
  fs::create_symlink("real/a.txt", folder.path("link.txt"));
  auto file = WholeFile::create(folder.path("link.txt"), "link.txt");
  ASSERT_TRUE(file);
  (*file)->stream() << "new";
  ASSERT_TRUE((*file)->commit());
  EXPECT_TRUE(fs::is_symlink(folder.path("link.txt")));
  EXPECT_EQ(folder.read("real/a.txt"), "new");
}

TEST(WholeFile, ALinkToNothingStaysALink) {
  ScratchFolder folder;
  folder.write("real/other.txt", "other");
  fs::create_symlink("real/a.txt", folder.path("link.txt"));
  auto file = WholeFile::create(folder.path("link.txt"), "link.txt");
  ASSERT_TRUE(file);
  (*file)->stream() << "new";
  ASSERT_TRUE((*file)->commit());
  EXPECT_TRUE(fs::is_symlink(folder.path("link.txt")));
  EXPECT_EQ(folder.read("real/a.txt"), "new");
}

TEST(WholeFile, ADeviceIsWrittenToAndStays) {
  auto file = WholeFile::create("/dev/null", "/dev/null");
  ASSERT_TRUE(file);
  (*file)->stream() << "gone";
  ASSERT_TRUE((*file)->commit());
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST(WholeFile, AFullDeviceIsAnError) {
  auto file = WholeFile::create("/dev/full", "/dev/full");
  ASSERT_TRUE(file);
  (*file)->stream() << std::string(100'000, 'x');
  const auto done = (*file)->commit();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().message.substr(0, 28), "`/dev/full` can't be written");
}

TEST(WholeFile, AnInterruptedRunLeavesNothing) {
  ScratchFolder folder;
  folder.write("a.txt", "old");
  auto file = WholeFile::create(folder.path("a.txt"), "a.txt");
  ASSERT_TRUE(file);
  (*file)->stream() << "half" << std::flush;
  remove_unfinished_files();
  EXPECT_EQ(folder.names(), Names{"a.txt"});
  EXPECT_EQ(folder.read("a.txt"), "old");
}

}  // namespace
}  // namespace muster::commands
