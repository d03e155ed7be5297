// SPDX-License-Identifier: Apache-2.0
// What a golden case can't set up: links, folders outside the project, streams that break.
#include <gtest/gtest.h>

#include <csignal>

#include <fcntl.h>
#include <unistd.h>

#include "base/diagnostic.h"
#include "cli/descriptor_buffer.h"
#include "docs/pages.h"
#include "tests/cli/scratch_folder.h"

namespace muster::commands {
namespace {

namespace fs = std::filesystem;

const char* const kPolicy =
    "subject S { key id: text  n: int }\n"
    "source s = ndjson \"data.ndjson\"\n"
    "bind S from s { id <- id }\n"
    "policy p for S \"P\" { must c \"Enough\" { require n >= 1 } }\n";

TEST(Run, ALinkOutOfTheProjectIsNotFollowed) {
  ScratchFolder folder;
  folder.write("project/main.muster", kPolicy);
  folder.write("elsewhere/data.ndjson", "{\"id\":\"a\",\"n\":1}\n");
  fs::create_symlink("../elsewhere/data.ndjson", folder.path("project/data.ndjson"));
  const auto refused = run_in(folder, {"eval", "project/main.muster"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_EQ(refused.err,
            "muster eval: source `s` names `data.ndjson`, which lies outside the project\n"
            "help: `--allow-path DIR` lets links lead below that folder\n");
  const auto allowed = run_in(folder, {"eval", "project/main.muster", "--allow-path", "elsewhere"});
  EXPECT_EQ(allowed.code, 0) << allowed.err;
  EXPECT_NE(allowed.out.find("\"subject\":\"a\""), std::string::npos);
  // What the command line names may lie anywhere.
  EXPECT_EQ(run_in(folder, {"eval", "project/main.muster", "--source", "s=elsewhere/data.ndjson"}).code, 0);
}

TEST(Run, AFolderBesideTheProjectWithItsNameAsBeginningIsOutside) {
  ScratchFolder folder;
  folder.write("project/main.muster", kPolicy);
  folder.write("project2/data.ndjson", "{\"id\":\"a\",\"n\":1}\n");
  fs::create_symlink("../project2/data.ndjson", folder.path("project/data.ndjson"));
  EXPECT_EQ(run_in(folder, {"eval", "project/main.muster"}).code, 2);
}

TEST(Run, AModuleBehindALinkOutOfTheProjectIsNotImported) {
  ScratchFolder folder;
  folder.write("project/main.muster", "import lib\n");
  folder.write("elsewhere/lib.muster", "enum E { a }\n");
  fs::create_symlink("../elsewhere/lib.muster", folder.path("project/lib.muster"));
  const auto ran = run_in(folder, {"check", "project/main.muster"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_NE(ran.out.find("there is no module `lib`"), std::string::npos) << ran.out;
}

TEST(Run, OfManyErrorsTheFirstAreShownAndAllCounted) {
  ScratchFolder folder;
  folder.write("lib.muster", std::string(5'000, '{') + "\n");
  folder.write("main.muster", "import lib\n");
  const auto text = run_in(folder, {"check", "."});
  EXPECT_EQ(text.code, 1);
  EXPECT_TRUE(text.out.ends_with("lib.muster: 4001 more are not shown\n\n5001 errors, 0 warnings in 2 files\n"));
  EXPECT_LT(text.out.size(), 500'000u);
  const auto json = run_in(folder, {"check", "main.muster", "--format", "json"});
  EXPECT_TRUE(json.out.ends_with("],\"errors\":5001,\"warnings\":0,\"files\":1,\"left_out\":4001}\n"));
  for (const char* command : {"eval", "fmt"}) {
    const auto ran = run_in(folder, {command, "lib.muster"});
    EXPECT_EQ(ran.code, 3);
    EXPECT_TRUE(ran.err.ends_with("lib.muster: 4001 more are not shown\n\n")) << command;
  }
}

TEST(Run, LinkedFoldersAreNotWalked) {
  ScratchFolder folder;
  folder.write("a/main.muster", "enum E { a }\n");
  fs::create_directory_symlink("..", folder.path("a/up"));
  EXPECT_EQ(run_in(folder, {"check", "."}).out, "1 file, nothing found\n");
}

// The superuser reads everything: such a one looks at it as somebody else.
class AsNobody {
 public:
  AsNobody() : was_(geteuid()), is_one_(was_ != 0 || seteuid(65'534) == 0) {}
  ~AsNobody() { EXPECT_EQ(seteuid(was_), 0); }
  AsNobody(const AsNobody&) = delete;

  bool is_one() const { return is_one_; }

 private:
  uid_t was_;
  bool is_one_;
};

TEST(Run, AFolderThatCantBeReadIsNotSaidToBeInOrder) {
  ScratchFolder folder;
  folder.write("a/main.muster", "enum E { a }\n");
  folder.write("a/closed/lib.muster", "enum E { a }\n");
  fs::permissions(folder.path(), fs::perms::all);
  fs::permissions(folder.path("a"), fs::perms::all);
  fs::permissions(folder.path("a/closed"), fs::perms::none);
  {
    const AsNobody nobody;
    if (!nobody.is_one()) GTEST_SKIP() << "the user can't be changed here";
    for (const char* command : {"check", "fmt", "test"}) {
      const auto ran = run_in(folder, {command, "a"});
      EXPECT_EQ(ran.code, 2) << command;
      EXPECT_EQ(ran.out, "");
      EXPECT_EQ(ran.err, "muster " + std::string(command) + ": `a/closed/` can't be read: Permission denied\n");
    }
    EXPECT_EQ(run_in(folder, {"check", "a/closed/lib.muster"}).err,
              "muster check: `a/closed/lib.muster` can't be read: Permission denied\n");
  }
  fs::permissions(folder.path("a/closed"), fs::perms::all);
}

TEST(Run, AModuleThatIsTooLargeIsAnErrorAndNotReadWhole) {
  ScratchFolder folder;
  folder.write("main.muster", "");
  fs::resize_file(folder.path("main.muster"), std::uintmax_t{1} << 40);
  const auto ran = run_in(folder, {"check", "main.muster"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_NE(ran.out.find("1 error"), std::string::npos) << ran.out;
}

TEST(Run, TheModuleIsTheSameHoweverItsPathIsWritten) {
  ScratchFolder folder;
  folder.write("project/main.muster", kPolicy);
  folder.write("project/data.ndjson", "{\"id\":\"a\",\"n\":1}\n");
  const std::string plain = run_in(folder, {"eval", "project/main.muster", "--as-of", "2026-11-23"}).out;
  EXPECT_NE(plain.find("\"policy\":\"main.p\""), std::string::npos);
  const std::string whole = folder.path("project/main.muster").string();
  for (const std::string& path :
       {std::string("./project/main.muster"), std::string("project/../project//main.muster"), whole}) {
    EXPECT_EQ(run_in(folder, {"eval", path, "--as-of", "2026-11-23"}).out, plain) << path;
  }
}

TEST(Run, DoctorTellsOnlyWhatIs) {
  ScratchFolder folder;
  const auto ran = run_in(folder, {"doctor"}, {{"MUSTER_ENGINE", "turbo"}});
  EXPECT_EQ(ran.code, 0);
  EXPECT_NE(ran.out.find("engines   auto, interpreter, jit, reference\n"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("MUSTER_ENGINE: this build has no engine `turbo`\n"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("jit       not there: libmuster_jit.so is neither"), std::string::npos) << ran.out;
}

TEST(Run, DoctorListsHowOperationsRun) {
  ScratchFolder folder;
  const auto ran = run_in(folder, {"doctor", "--ops"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_NE(ran.out.find("date_months       native\n"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("matches           called\n"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("equal             native; of texts and versions called\n"), std::string::npos) << ran.out;
}

TEST(Run, CodesListsAllAndExplainsEachThatHasAPage) {
  ScratchFolder folder;
  const auto list = run_in(folder, {"codes"});
  for (const auto& code : base::all_codes()) EXPECT_NE(list.out.find(std::string(code.id) + "  "), std::string::npos);
  for (const auto& page : docs::code_pages()) {
    const auto shown = run_in(folder, {"codes", std::string(page.name)});
    EXPECT_EQ(shown.code, 0);
    EXPECT_EQ(shown.out, page.text);
  }
}

// Takes so many bytes and then refuses.
class BreakingBuffer final : public std::streambuf {
 public:
  explicit BreakingBuffer(int room) : room_(room) {}
  int taken() const { return taken_; }

 protected:
  int overflow(int character) override {
    if (taken_ >= room_) return traits_type::eof();
    ++taken_;
    return character;
  }

 private:
  int room_, taken_ = 0;
};

TEST(Run, StopsWhenNobodyReadsAnyMore) {
  ScratchFolder folder;
  folder.write("main.muster", kPolicy);
  // Judging all of it would say that the last record can't be read.
  std::string data;
  for (int i = 0; i < 10'000; ++i) data += "{\"id\":\"p" + std::to_string(i) + "\",\"n\":1}\n";
  folder.write("data.ndjson", data + "broken\n");
  BreakingBuffer buffer(1'000);
  std::istringstream in;
  std::ostream out(&buffer);
  std::ostringstream err;
  const auto no_environment = [](const char*) { return std::nullopt; };
  const int code =
      run({"eval", "main.muster"}, {in, out, err, false, false, 100, folder.path().string(), no_environment, {}});
  // None fails of those that were judged, and nobody knows of the others.
  EXPECT_EQ(code, 141);
  EXPECT_EQ(buffer.taken(), 1'000);
  EXPECT_EQ(err.str(), "");
}

// A run over 1,000 subjects in which each look at the clock finds so much time gone.
std::string progress_of(std::chrono::milliseconds each_look, const std::string& format) {
  ScratchFolder folder;
  folder.write("main.muster", kPolicy);
  std::string data;
  for (int i = 0; i < 1'000; ++i) data += "{\"id\":\"p" + std::to_string(i) + "\",\"n\":1}\n";
  folder.write("data.ndjson", data);
  std::istringstream in;
  std::ostringstream out, err;
  const auto no_environment = [](const char*) { return std::nullopt; };
  std::chrono::nanoseconds time{0};
  const auto clock = [&] { return time += each_look; };
  run({"eval", "main.muster", "--engine", "reference", "--format", format},
      {in, out, err, true, true, 100, folder.path().string(), no_environment, {}, clock});
  return err.str();
}

TEST(Progress, IsShownAfterASecondAndWipedAtTheEnd) {
  const std::string shown = progress_of(std::chrono::milliseconds(500), "summary");
  // The file is shorter than what is read at once: nothing is left of it at the first look.
  EXPECT_EQ(shown.substr(0, shown.find('\r', 1)), "\r\x1b[K128 records, 128 a second");
  EXPECT_EQ(shown.substr(shown.rfind('\r')), "\r\x1b[K");
}

TEST(Progress, OfAShortRunIsNotShown) { EXPECT_EQ(progress_of(std::chrono::milliseconds(1), "summary"), ""); }

TEST(Progress, IsNotShownBesideResultsThatStream) {
  EXPECT_EQ(progress_of(std::chrono::milliseconds(500), "ndjson"), "");
}

TEST(DescriptorBuffer, AClosedPipeIsQuiet) {
  std::signal(SIGPIPE, SIG_IGN);
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  close(ends[0]);
  cli::DescriptorBuffer buffer(ends[1]);
  std::ostream out(&buffer);
  out << "lost" << std::flush;
  EXPECT_FALSE(out.good());
  EXPECT_EQ(buffer.error(), "");
  close(ends[1]);
}

TEST(DescriptorBuffer, AFullDeviceIsAnError) {
  const int full = open("/dev/full", O_WRONLY);
  ASSERT_GE(full, 0);
  cli::DescriptorBuffer buffer(full);
  std::ostream out(&buffer);
  out << std::string(200'000, 'x') << std::flush;
  EXPECT_FALSE(out.good());
  EXPECT_NE(buffer.error(), "");
  close(full);
}

TEST(DescriptorBuffer, WritesEverythingInOrder) {
  ScratchFolder folder;
  const int file = open(folder.path("out").c_str(), O_WRONLY | O_CREAT, 0600);
  ASSERT_GE(file, 0);
  std::string text;
  {
    cli::DescriptorBuffer buffer(file);
    std::ostream out(&buffer);
    for (int i = 0; i < 50'000; ++i) {
      out << i << ' ';
      text += std::to_string(i) + ' ';
    }
  }
  close(file);
  EXPECT_EQ(folder.read("out"), text);
}

}  // namespace
}  // namespace muster::commands
