extern alias CSharpAnalyzers;

using System.Collections.Immutable;
using System.Text;
using CSharpAnalyzers::Review.CSharp.Calls;
using CSharpAnalyzers::Review.CSharp.Generator;
using CSharpAnalyzers::Review.CSharp.Switches;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Review.Tests.CSharp;

/// <summary>C# compiled in memory, with a table beside it.</summary>
internal static class CSharpProject
{
    private static readonly ImmutableArray<MetadataReference> References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(static path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)).Select(static path => MetadataReference.CreateFromFile(path))];

    public static Compilation Compile(string code) => CSharpCompilation.Create(
        "sample", [CSharpSyntaxTree.ParseText(code, path: "Sample.cs")], References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

    public static GeneratorDriver Driver(params IEnumerable<(string Path, string Text)> tables) => CSharpGeneratorDriver.Create(
        [new TableGenerator().AsSourceGenerator()], [.. tables.Select(static table => new Beside(table.Path, table.Text))],
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The code with what the table becomes; it must compile.</summary>
    public static Compilation Generate(string code, string table)
    {
        _ = Driver(("info.table", table)).RunGeneratorsAndUpdateCompilation(Compile(code), out var compilation, out var problems);
        Assert.Empty(problems);
        Assert.Empty(compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        return compilation;
    }

    /// <summary>What the analyzers say.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Analyze(string code, string table) =>
        await Generate(code, table).WithAnalyzers([new AdviceSwitchAnalyzer(), new MadviseResultAnalyzer()]).GetAnalyzerDiagnosticsAsync();

    /// <summary>The code after the first fix of the first finding.</summary>
    public static async Task<string> Fix(string code, string table)
    {
        using var workspace = new AdhocWorkspace();
        var generated = Generate(code, table).SyntaxTrees.Last().ToString();
        var project = workspace.AddProject("sample", LanguageNames.CSharp).WithMetadataReferences(References).AddDocument("Generated.g.cs", generated).Project;
        var document = project.AddDocument("Sample.cs", code);
        var compilation = (await document.Project.GetCompilationAsync())!;
        var finding = (await compilation.WithAnalyzers([new AdviceSwitchAnalyzer()]).GetAnalyzerDiagnosticsAsync())[0];
        CodeAction? fix = null;
        await new AdviceSwitchFix().RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => fix ??= action, default));
        var operation = Assert.IsType<ApplyChangesOperation>(Assert.Single(await fix!.GetOperationsAsync(default)));
        return (await operation.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString();
    }

    private sealed class Beside(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text, Encoding.UTF8);
    }
}
