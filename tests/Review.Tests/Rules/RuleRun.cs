using System.Collections.Immutable;
using System.Text;
using Review.Clang;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Source;
using Review.Core.Syntax;
using Review.Kernel;
using Review.Kernel.Architectures;
using Review.Kernel.Compilation;
using Review.Rules.Compiler;
using Review.Rules.Vma;
using Review.Tests.Kernel;

namespace Review.Tests.Rules;

/// <summary>Runs rules on C of our own, through the engine's driver. No kernel is needed: declarations come from fixtures/include.</summary>
internal static class RuleRun
{
    private static readonly ThreadLocal<ClangParser> Parser = new(static () => new ClangParser());

    /// <summary>All rules of Review.Rules.</summary>
    public static AnalyzerSet Rules { get; } = AnalyzerSet.Load(typeof(StalePrev).Assembly);

    /// <summary>Where the fixtures lie.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "fixtures");

    private const string WarningMakefile = """
        VERSION = 6
        PATCHLEVEL = 1
        KBUILD_CFLAGS := -Wall -Werror=return-type -Werror=incompatible-pointer-types -Wvla -Wimplicit-fallthrough
        KBUILD_CFLAGS += -Wno-gnu -Wno-pointer-sign -Wno-sign-compare -Wno-unused-but-set-variable

        """;

    private static readonly Lazy<KernelWarnings> Warnings = new(static () => KernelWarnings.Read(MemoryTree.Kernel(WarningMakefile), Architecture.X86, KernelConfiguration.FromSettings("", "")));

    /// <summary>The tree of a piece of C; it must compile. The examples of the rule about clang's messages are parsed with warnings.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="code">The C.</param>
    /// <param name="arguments">More arguments for clang.</param>
    public static TranslationUnit Parse(string name, string code, params IEnumerable<string> arguments)
    {
        var request = new ParseRequest(
            new SourceText(name, Encoding.UTF8.GetBytes(code)), Folder, Path.Combine(Folder, "generated"), ["-std=gnu11", $"-I{Path.Combine(Folder, "include")}", .. arguments]);
        var isAboutMessages = Path.GetFileName(name).Split('.')[0] == nameof(Build);
        if (isAboutMessages)
        {
            request = request with { WithWarnings = true, Arguments = [.. request.Arguments, .. Warnings.Value.Options], Errors = Warnings.Value.Errors };
        }

        var unit = Parser.Value!.Parse(request);
        Assert.Empty(unit.Messages.Where(message => !isAboutMessages || message.Severity >= CompilerSeverity.Error).Select(message => $"{message.Path}:{message.Line}: {message.Text}"));
        Assert.Empty(unit.Problems);
        return unit;
    }

    /// <summary>Runs one rule, or all if none is named.</summary>
    public static AnalysisResult Run(TranslationUnit unit, string? rule = null)
    {
        var options = new AnalysisOptions { Parallelism = 1, Rules = rule is null ? RuleSelection.All : RuleSelection.Parse(rule, Rules.Catalog) };
        return new AnalysisDriver(Rules, options).Run(
            new ToolInfo("mmreview", "0", "", ""), new KernelInfo("", null, "", ""), [new AnalysisInput(unit.Path, _ => LoadedUnit.Parsed(unit))], default);
    }

    /// <summary>The rules that have classes in Review.Rules.</summary>
    public static ImmutableArray<RuleInfo> Own => [.. Rules.Catalog.Rules.Where(static rule => rule.Assembly == typeof(StalePrev).Assembly)];

    /// <summary>The rule of a class.</summary>
    public static RuleInfo RuleOf(string className) => Own.Single(rule => rule.PageStem == className);
}
