using System.Text;
using Review.Cli.Tables;
using Review.Core.Syntax;
using Review.Patches.Diffs;
using Review.Tables.Matrix;

namespace Review.Cli.Editor;

/// <summary>What is decided about one advice, for a pointer that rests on its name.</summary>
internal static class AdviceHover
{
    /// <summary>The file that decides in every kernel so far.</summary>
    private const string Deciding = "mm/madvise.c";

    /// <summary>The advice's row of the matrix as a Markdown table; null if there is no such advice.</summary>
    public static string? Of(EditorTree tree, PatchedTree shown, TranslationUnit unit, string constant, CancellationToken cancellation)
    {
        TranslationUnit? Load(string path) => path == unit.Path ? unit : tree.Load(shown, path, withWarnings: false, cancellation).Unit;

        if (Load(Deciding) is not { } deciding)
        {
            return null;
        }

        var matrix = MatrixRun.Of(shown, deciding, Load, tree.Architecture.SourceArchitecture, tree.Architecture, tree.Version).Matrix;
        if (matrix.Rows.FirstOrDefault(row => row.Name == constant) is not { } row)
        {
            return null;
        }

        var text = new StringBuilder($"**{row.Name}** {row.Value}{(row.Since.Length > 0 ? $", since {row.Since}" : "")}\n\n| decided in | outcome |\n|---|---|\n");
        foreach (var (column, cell) in matrix.Columns.Zip(row.Cells).Where(static pair => pair.First.Kind != MatrixColumnKind.Errno || pair.Second.How != DecidedHow.Unreachable))
        {
            var outcome = column.Kind == MatrixColumnKind.Errno ? MatrixText.Mapping(column) : cell.How == DecidedHow.Unreachable ? "not reached" : MatrixText.Cell(cell, column);
            _ = text.Append($"| {column.Title}{(column.Title == column.Place ? "" : $" ({column.Place})")} | {outcome.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        return text.ToString();
    }
}
