// SPDX-License-Identifier: Apache-2.0
// Some groups at a time are a module of LLVM: it is written, simplified, compiled and put into memory before the next
// one is begun, so that compiling can be given up in between. Memory is written first and made executable then; it is
// never both.
#include "runtime/jit/compile.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <utility>

#include <llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h>
#include <llvm/ExecutionEngine/Orc/LLJIT.h>
#include <llvm/IR/PassManager.h>
#include <llvm/IR/Verifier.h>
#include <llvm/MC/MCSubtargetInfo.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/Transforms/InstCombine/InstCombine.h>
#include <llvm/Transforms/Scalar/EarlyCSE.h>
#include <llvm/Transforms/Scalar/LICM.h>
#include <llvm/Transforms/Scalar/LoopPassManager.h>
#include <llvm/Transforms/Utils/LoopSimplify.h>

#include "runtime/jit/long_lists.h"
#include "runtime/jit/writer.h"

namespace muster::jit {

namespace {

// Instructions of column code in a module: each module costs a millisecond or two by itself.
constexpr std::size_t kModule = 120;

std::string name_of(std::size_t group) { return "group" + std::to_string(group); }

std::string text_of(llvm::Error error) { return llvm::toString(std::move(error)); }

void initialize_target() {
  static std::once_flag once;
  std::call_once(once, [] {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
  });
}

llvm::Expected<llvm::orc::JITTargetMachineBuilder> machine_for(const std::string& cpu) {
  auto builder = llvm::orc::JITTargetMachineBuilder::detectHost();
  if (!builder) return builder.takeError();
  if (!cpu.empty()) {
    builder->setCPU(cpu);
    builder->getFeatures() = llvm::SubtargetFeatures();
  }
  builder->setCodeGenOptLevel(llvm::CodeGenOptLevel::Default);
  // a * b + c is two operations, whatever the machine has.
  builder->getOptions().AllowFPOpFusion = llvm::FPOpFusion::Strict;
  builder->getOptions().UnsafeFPMath = false;
  return builder;
}

Target target_of(const llvm::TargetMachine& machine) {
  const auto has = [&](llvm::StringRef feature) {
    return machine.getMCSubtargetInfo()->checkFeatures(("+" + feature).str());
  };
  if (has("avx512f") && has("avx512bw") && has("avx512dq") && has("avx512vl")) return {64};
  return {has("avx2") ? 32u : 16u};
}

// What the writer leaves: the same subexpressions several times, uniform values inside of loops.
class Simplifier {
 public:
  explicit Simplifier(llvm::TargetMachine& machine) : builder_(&machine) {
    builder_.registerModuleAnalyses(modules_);
    builder_.registerCGSCCAnalyses(graphs_);
    builder_.registerFunctionAnalyses(functions_);
    builder_.registerLoopAnalyses(loops_);
    builder_.crossRegisterProxies(loops_, functions_, graphs_, modules_);
    passes_.addPass(llvm::EarlyCSEPass());
    passes_.addPass(llvm::InstCombinePass(llvm::InstCombineOptions().setMaxIterations(1)));
    passes_.addPass(llvm::EarlyCSEPass());
    passes_.addPass(llvm::createFunctionToLoopPassAdaptor(llvm::LICMPass(llvm::LICMOptions()), true));
  }

  void run(llvm::Module& module) {
    for (llvm::Function& function : module) {
      if (!function.isDeclaration()) passes_.run(function, functions_);
    }
    functions_.clear();
    loops_.clear();
  }

 private:
  llvm::LoopAnalysisManager loops_;
  llvm::FunctionAnalysisManager functions_;
  llvm::CGSCCAnalysisManager graphs_;
  llvm::ModuleAnalysisManager modules_;
  llvm::PassBuilder builder_;
  llvm::FunctionPassManager passes_;
};

class Compiler {
 public:
  // Whatever is done with it may fail; then `error` isn't empty.
  static std::string compile(const ir::Code& code, const jit_plugin::Options& options, groups::Compiled& compiled) {
    initialize_target();
    auto builder = machine_for(options.cpu);
    if (!builder) return text_of(builder.takeError());
    auto machine = builder->createTargetMachine();
    if (!machine) return text_of(machine.takeError());
    auto jit = llvm::orc::LLJITBuilder()
                   .setJITTargetMachineBuilder(*builder)
                   .setPlatformSetUp(llvm::orc::setUpInactivePlatform)
                   .setLinkProcessSymbolsByDefault(false)
                   .create();
    if (!jit) return text_of(jit.takeError());
    Compiler compiler(code, compiled, **machine, std::move(*jit));
    if (llvm::Error error = compiler.add_called_functions()) return text_of(std::move(error));
    while (compiled.functions.size() < compiled.groups.groups.size()) {
      if (options.cancel != nullptr && options.cancel->load(std::memory_order_relaxed)) return "compiling was given up";
      if (llvm::Error error = compiler.compile_some()) return text_of(std::move(error));
    }
    compiled.memory = std::move(compiler.jit_);
    return {};
  }

 private:
  Compiler(const ir::Code& code, groups::Compiled& compiled, llvm::TargetMachine& machine,
           std::shared_ptr<llvm::orc::LLJIT> jit)
      : code_(code), compiled_(compiled), machine_(machine), jit_(std::move(jit)), simplifier_(machine) {}

  llvm::Error add_called_functions() {
    llvm::orc::SymbolMap symbols;
    for (const Function& each : called_functions()) {
      symbols[jit_->mangleAndIntern(each.name)] = {llvm::orc::ExecutorAddr::fromPtr(each.address),
                                                   llvm::JITSymbolFlags::Exported | llvm::JITSymbolFlags::Callable};
    }
    return jit_->getMainJITDylib().define(llvm::orc::absoluteSymbols(std::move(symbols)));
  }

  // The next groups, as many as make a module of some size.
  llvm::Error compile_some() {
    const std::vector<groups::Group>& all = compiled_.groups.groups;
    const std::size_t first = compiled_.functions.size();
    std::size_t last = first, instructions = 0;
    while (last < all.size() && instructions < kModule) instructions += all[last++].instructions.size();
    auto context = std::make_unique<llvm::LLVMContext>();
    auto module = std::make_unique<llvm::Module>(name_of(first), *context);
    module->setDataLayout(jit_->getDataLayout());
    module->setTargetTriple(machine_.getTargetTriple().str());
    for (std::size_t i = first; i < last; ++i) {
      Writer writer(*module, code_, all[i], target_of(machine_));
      compiled_.scratch = std::max(compiled_.scratch, writer.write(name_of(i)));
    }
    std::string broken;
    llvm::raw_string_ostream says(broken);
    if (llvm::verifyModule(*module, &says)) return llvm::createStringError(llvm::inconvertibleErrorCode(), broken);
    simplifier_.run(*module);
    if (llvm::Error error = jit_->addIRModule({std::move(module), std::move(context)})) return error;
    for (std::size_t i = first; i < last; ++i) {
      auto address = jit_->lookup(name_of(i));
      if (!address) return address.takeError();
      compiled_.functions.push_back(address->toPtr<groups::Function>());
    }
    return llvm::Error::success();
  }

  const ir::Code& code_;
  groups::Compiled& compiled_;
  llvm::TargetMachine& machine_;
  std::shared_ptr<llvm::orc::LLJIT> jit_;
  Simplifier simplifier_;
};

}  // namespace

bool compile(const ir::Code& code, const jit_plugin::Options& options, groups::Compiled& compiled, std::string& error) {
  error = Compiler::compile(code, options, compiled);
  return error.empty();
}

}  // namespace muster::jit
