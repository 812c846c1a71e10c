using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Review.Clang;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Tests.Rules;

/// <summary>A piece of C of our own that is edited: each version is reviewed with what is known of those before, or alone.</summary>
internal sealed class EditedFixture : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mmreview-edits");
    private readonly ClangParser parser = new();
    private readonly PrecompiledHeader header;
    private readonly string name;
    private readonly UnitHistory units = new();

    /// <param name="name">What messages call the file.</param>
    public EditedFixture(string name)
    {
        this.name = name;
        Runs = new RunHistory
        {
            Done = facts =>
            {
                Unsteady.UnionWith(facts.Unsteady);
                Untold.UnionWith(facts.Untold);
            },
        };
        const string Common = "#include \"mm.h\"\n";
        var file = Path.Combine(folder.FullName, "common.pch");
        File.Copy(Path.Combine(RuleRun.Folder, "include", "mm.h"), Path.Combine(folder.FullName, "mm.h"));
        File.WriteAllText(Path.Combine(folder.FullName, "common.h"), Common);
        header = new PrecompiledHeader(file, Path.Combine(folder.FullName, "common.h"), parser.Precompile(new SourceText("common.h", Encoding.UTF8.GetBytes(Common)), folder.FullName, (folder.FullName, null), Arguments, file));
    }

    /// <summary>What ran, and what was taken over.</summary>
    public RunHistory Runs { get; }

    /// <summary>The facts, by class, that were other ones at the end of a review than when they were made.</summary>
    public HashSet<Type> Unsteady { get; } = [];

    /// <summary>The facts of which no account is kept.</summary>
    public HashSet<Type> Untold { get; } = [];

    /// <summary>How many versions were made out of the one before.</summary>
    public int Edits => units.Edits;

    private ImmutableArray<string> Arguments => ["-std=gnu11", $"-I{folder.FullName}"];

    /// <summary>All that is said of the next version, in text.</summary>
    public string Review(string text) => Review(text, units, Runs);

    /// <summary>All that is said of a version of which no other one is known.</summary>
    public string ReviewAlone(string text) => Review(text, null, null);

    public void Dispose()
    {
        parser.Dispose();
        folder.Delete(recursive: true);
    }

    private string Review(string text, UnitHistory? versions, RunHistory? runs)
    {
        var request = new ParseRequest(new SourceText(name, Encoding.UTF8.GetBytes(text)), folder.FullName, null, [.. Arguments, "-include-pch", header.File]) { History = versions };
        var unit = parser.ParseWith(header, request) ?? parser.Parse(request with { Arguments = Arguments, History = null });
        var result = new AnalysisDriver(RuleRun.Rules, new AnalysisOptions { Parallelism = 2 }).Run(
            new ToolInfo("mmreview", "0", "", ""), new KernelInfo("", null, "", ""), [new AnalysisInput(unit.Path, _ => LoadedUnit.Parsed(unit)) { History = runs }], default);
        return string.Join('\n', result.Findings.Concat(result.Suppressed).Select(Words).Concat(result.NotAnalysed.Select(static gap => gap.ToString())));
    }

    private static string Words(Finding finding) => string.Create(
        CultureInfo.InvariantCulture,
        $"{finding.Line}:{finding.Column}-{finding.EndLine}:{finding.EndColumn} {finding.Id} {finding.Function} {finding.Message} {finding.Fingerprint} {string.Join(", ", finding.Trace)} {finding.Fix?.Title} {string.Join(", ", finding.Fix?.Edits ?? [])}");
}
