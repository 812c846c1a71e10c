using System;
using System.IO;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Review.Tables.Specification;

namespace Review.CSharp.Generator;

/// <summary>Turns each additional file that ends in <c>.table</c> into C# lookups. A file that did not change is not read again.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class TableGenerator : IIncrementalGenerator
{
    private static readonly DiagnosticDescriptor NoTable = new(
        "KMC9001", "A file is no behavior table", "{0}; {1}", "Behavior", DiagnosticSeverity.Error, isEnabledByDefault: true);

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var space = context.AnalyzerConfigOptionsProvider.Select(static (options, _) =>
            options.GlobalOptions.TryGetValue("build_property.RootNamespace", out var root) && root.Length > 0 ? root : "Madvise");
        var tables = context.AdditionalTextsProvider.Where(static file => file.Path.EndsWith(".table", StringComparison.Ordinal))
            .Combine(space).Select(static (file, cancellation) => Generate(file.Left.Path, file.Left.GetText(cancellation)?.ToString() ?? "", file.Right));
        context.RegisterSourceOutput(tables, static (production, made) =>
        {
            if (made.Code is { } code)
            {
                production.AddSource(made.Name + ".g.cs", SourceText.From(code, Encoding.UTF8));
            }
            else
            {
                var place = new LinePosition(made.Line - 1, 0);
                production.ReportDiagnostic(Diagnostic.Create(NoTable, Location.Create(made.Path, default, new LinePositionSpan(place, place)), made.What, made.Cure));
            }
        });
    }

    private static Generated Generate(string path, string text, string space)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        try
        {
            var table = TableReader.Read(text);
            return table.Name.Length > 0 ? new Generated(path, name, CSharpLookup.Write(table, space), 0, "", "")
                : new Generated(path, name, null, 1, "the table has no name", "write 'table NAME'");
        }
        catch (TableFormatException trouble)
        {
            return new Generated(path, name, null, trouble.Line, trouble.Message, trouble.Cure);
        }
    }

    /// <summary>What became of one file. Compared by content, so that the compiler knows when nothing changed.</summary>
    private sealed record Generated(string Path, string Name, string? Code, int Line, string What, string Cure);
}
