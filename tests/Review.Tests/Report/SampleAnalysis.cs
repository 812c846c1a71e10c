using System.Text;
using Review.Clang;
using Review.Cli.Output;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Tests.Report;

/// <summary>Runs the sample rules over pieces of C, through the real front end.</summary>
internal sealed class SampleAnalysis
{
    /// <summary>Line 1 of every file.</summary>
    public const string Prelude = "void bad(void); void good(void); int cond(void);\n";

    private readonly Dictionary<string, SourceText> texts = new(StringComparer.Ordinal);
    private readonly List<AnalysisInput> inputs = [];

    public static ToolInfo Tool { get; } = new("mmreview", "0.1.0", "19.1.7", "builtin");

    public static KernelInfo Kernel { get; } = new("6.1.192", null, "x86_64", "default");

    public AnalyzerSet Rules { get; init; } = SampleRules.All;

    public AnalysisOptions Options { get; init; } = new() { Parallelism = 2 };

    /// <summary>Adds a file; line 1 declares <c>bad()</c>, <c>good()</c> and <c>cond()</c>, the code begins on line 2.</summary>
    public SampleAnalysis Add(string path, string code, params string[] arguments)
    {
        var text = new SourceText(path, Encoding.UTF8.GetBytes(Prelude + code));
        texts[path] = text;
        inputs.Add(new AnalysisInput(path, _ => LoadedUnit.Parsed(Parse(text, arguments))));
        return this;
    }

    /// <summary>The same for one of several architectures or configurations.</summary>
    public SampleAnalysis Add(string path, string code, AnalysedBuild build, params string[] arguments)
    {
        _ = Add(path, code, arguments);
        inputs[^1] = inputs[^1] with { Build = build };
        return this;
    }

    public SampleAnalysis Add(AnalysisInput input)
    {
        inputs.Add(input);
        return this;
    }

    public static TranslationUnit Parse(SourceText text, params string[] arguments)
    {
        using var parser = new ClangParser();
        return parser.Parse(new ParseRequest(text, "/kernel", "/generated", ["-std=gnu11", .. arguments]));
    }

    public AnalysisResult Run(CancellationToken cancellationToken = default) =>
        new AnalysisDriver(Rules, Options).Run(Tool, Kernel, inputs, cancellationToken);

    public Review.Cli.Output.Report Report() => Report(Run());

    public Review.Cli.Output.Report Report(AnalysisResult result) => new(result, Rules.Catalog, texts.GetValueOrDefault);

    /// <summary>Analyses one file <c>mm/sample.c</c>.</summary>
    public static AnalysisResult RunOn(string code, AnalysisOptions? options = null) =>
        new SampleAnalysis { Options = options ?? new AnalysisOptions { Parallelism = 2 } }.Add("mm/sample.c", code).Run();
}
