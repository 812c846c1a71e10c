using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Review.Kernel.Architectures;

namespace Review.Kernel.Kconfig;

/// <summary>
/// Answers what Kconfig asks of compiler, assembler and linker, without running any: they are taken to be clang 19 with
/// the GNU linker, and able to do everything but a short list. Mirrors scripts/Kconfig.include.
/// </summary>
internal sealed partial class Toolchain(Architecture architecture)
{
    private const string ClangVersion = "190107";
    private const string LinkerVersion = "24000";

    // What clang 19 with the GNU linker lacks and Kconfig files ask for, told by a distinctive part of the probe.
    private static readonly string[] Lacking =
    [
        "-mrecord-mcount",
        "-fsanitize-kcfi-arity",
        "-fmin-function-alignment",
        "-fsanitize-coverage-stack-depth-callback-min",
        "-enable-trivial-auto-var-init-zero-knowing",
        "__nonstring__",
        "-mabi=ms",
    ];

    private static readonly FrozenDictionary<string, string> Values = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CC_IS_CLANG"] = "y",
        ["CC_IS_GCC"] = "n",
        ["CC_VERSION_TEXT"] = "clang",
        ["CLANG_VERSION"] = ClangVersion,
        ["GCC_VERSION"] = "0",
        ["AS_IS_LLVM"] = "y",
        ["AS_IS_GNU"] = "n",
        ["AS_VERSION"] = ClangVersion,
        ["LD_IS_BFD"] = "y",
        ["LD_IS_LLD"] = "n",
        ["LD_VERSION"] = LinkerVersion,
        ["LLD_VERSION"] = "0",
        ["PAHOLE_VERSION"] = "0",
        ["PAHOLE_HAS_SPLIT_BTF"] = "n",
        ["GCC_PLUGINS"] = "n",
        ["CC_HAS_INT128"] = "y",
        ["RUST"] = "n",
        ["RUST_IS_AVAILABLE"] = "n",
        ["RUSTC_VERSION"] = "0",
        ["RUSTC_LLVM_VERSION"] = "0",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The value of a symbol that describes the tools, or null for every other symbol.</summary>
    public static string? SymbolValue(string symbol) => Values.GetValueOrDefault(symbol);

    /// <summary>
    /// Variables that make's environment or a run of a tool would give; definitions of the same names in the tree are ignored.
    /// The source tree is called <c>.</c>, so that no machine path can reach a value.
    /// </summary>
    public Dictionary<string, string> Variables() => new(StringComparer.Ordinal)
    {
        ["ARCH"] = architecture.Name,
        ["SRCARCH"] = architecture.SourceArchitecture,
        ["SUBARCH"] = architecture.SourceArchitecture,
        ["HEADER_ARCH"] = architecture.SourceArchitecture,
        ["KERNELVERSION"] = "",
        ["srctree"] = ".",
        ["CC"] = "clang",
        ["LD"] = "ld",
        ["HOSTCC"] = "cc",
        ["CC_VERSION_TEXT"] = "clang",
        ["cc-info"] = $"Clang {ClangVersion}",
        ["cc-name"] = "Clang",
        ["cc-version"] = ClangVersion,
        ["as-info"] = $"LLVM {ClangVersion}",
        ["as-name"] = "LLVM",
        ["as-version"] = ClangVersion,
        ["ld-info"] = $"BFD {LinkerVersion}",
        ["ld-name"] = "BFD",
        ["ld-version"] = LinkerVersion,
        ["m32-flag"] = "-m32",
        ["m64-flag"] = "-m64",
    };

    /// <summary>The result of a function that would run a tool, or null if the function is no such one.</summary>
    public string? Call(string function, IReadOnlyList<string> arguments) => function switch
    {
        "success" or "cc-option" or "ld-option" or "as-instr" or "as-option" or "rustc-option" =>
            Succeeds(string.Join(',', arguments)) ? "y" : "n",
        "failure" => "n",
        "if-success" => arguments.Count > 1 ? arguments[1] : "",
        "cc-option-bit" => arguments.Count > 0 ? arguments[0].Trim() : "",
        "shell" or "info" or "warning-if" or "error-if" => "",
        _ => null,
    };

    private bool Succeeds(string probe)
    {
        if (StringTest().Match(probe) is { Success: true } test)
        {
            return string.Equals(test.Groups[1].Value, test.Groups[2].Value, StringComparison.Ordinal);
        }

        if (probe.Contains("-fsanitize=kernel-memory", StringComparison.Ordinal))
        {
            return architecture == Architecture.X86;
        }

        return !Lacking.Any(option => probe.Contains(option, StringComparison.Ordinal));
    }

    [GeneratedRegex("""^\s*test\s+"?([^"\s]*)"?\s+=\s+"?([^"\s]*)"?\s*$""")]
    private static partial Regex StringTest();
}
