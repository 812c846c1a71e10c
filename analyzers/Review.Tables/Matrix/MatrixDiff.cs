using System.Collections.Immutable;

namespace Review.Tables.Matrix;

/// <summary>What changed between two matrices.</summary>
/// <param name="Rows">The advice that is decided otherwise, with what changed.</param>
/// <param name="Columns">The decision points that only one of them has, by place.</param>
public sealed record MatrixDiff(ImmutableArray<ChangedRow> Rows, ImmutableArray<(string Place, bool IsNew)> Columns)
{
    /// <summary>Compares the decision points that both have, by their places; those that play the same part are the same whatever they are called.</summary>
    public static MatrixDiff Between(BehaviorMatrix before, BehaviorMatrix after)
    {
        (before, after) = (WithOneDispatch(before), WithOneDispatch(after));
        var pairs = before.Columns.Select((column, i) => (Before: i, After: Find(after, column))).Where(static pair => pair.After >= 0).ToList();
        var rows = ImmutableArray.CreateBuilder<ChangedRow>();
        foreach (var name in before.Rows.Concat(after.Rows).Select(static row => row.Name).Distinct(StringComparer.Ordinal))
        {
            var (old, @new) = (before.Rows.FirstOrDefault(row => row.Name == name), after.Rows.FirstOrDefault(row => row.Name == name));
            if (old is null || @new is null)
            {
                rows.Add(new ChangedRow(name, (old ?? @new)!.Value, old is null, @new is null, []));
                continue;
            }

            var cells = pairs.Where(pair => !old.Cells[pair.Before].Equals(@new.Cells[pair.After])).Select(pair => new ChangedCell(after.Columns[pair.After], old.Cells[pair.Before], @new.Cells[pair.After])).ToImmutableArray();
            if (!cells.IsEmpty)
            {
                rows.Add(new ChangedRow(name, @new.Value, false, false, cells));
            }
        }

        return new MatrixDiff(
            rows.ToImmutable(),
            [
                .. before.Columns.Where(column => Find(after, column) < 0).Select(static column => (column.Place, false)),
                .. after.Columns.Where((_, i) => !pairs.Exists(pair => pair.After == i)).Select(static column => (column.Place, true)),
            ]);
    }

    /// <summary>Where several switches send advice to work, what counts is the one that names it: work moves from one to another without any change for the advice.</summary>
    private static BehaviorMatrix WithOneDispatch(BehaviorMatrix matrix)
    {
        var dispatches = Enumerable.Range(0, matrix.Columns.Length).Where(i => matrix.Columns[i].Kind == MatrixColumnKind.Dispatch).ToList();
        if (dispatches.Count < 2)
        {
            return matrix;
        }

        var kept = Enumerable.Range(0, matrix.Columns.Length).Except(dispatches.Skip(1)).ToList();
        return new BehaviorMatrix(
            [.. kept.Select(i => matrix.Columns[i])],
            [.. matrix.Rows.Select(row => row with { Cells = [.. kept.Select(i => i == dispatches[0] ? dispatches.Select(each => row.Cells[each]).MinBy(static cell => cell.How)! : row.Cells[i])] })]);
    }

    private static int Find(BehaviorMatrix matrix, MatrixColumn wanted)
    {
        var found = matrix.Columns.IndexOf(wanted);
        for (var i = 0; found < 0 && i < matrix.Columns.Length; i++)
        {
            found = matrix.Columns[i].Kind == wanted.Kind && (matrix.Columns[i].Title == wanted.Title || matrix.Columns[i].Place == wanted.Place) ? i : found;
        }

        return found;
    }
}

/// <summary>An advice that is decided otherwise.</summary>
public sealed record ChangedRow(string Name, long Value, bool IsNew, bool IsGone, ImmutableArray<ChangedCell> Cells);

/// <summary>One decision that changed.</summary>
public sealed record ChangedCell(MatrixColumn Column, MatrixCell Before, MatrixCell After);
