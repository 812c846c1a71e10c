using System.Globalization;

namespace Review.Model.Matrix;

/// <summary>Runs rows of the matrix on the model and counts what agrees.</summary>
public sealed class MatrixCheck
{
    private readonly Dictionary<string, List<string>> disagreements = new(StringComparer.Ordinal);

    /// <summary>Rows checked.</summary>
    public int Rows { get; private set; }

    /// <summary>Rows whose error is as recorded.</summary>
    public int ErrnoOk { get; private set; }

    /// <summary>Rows whose VMAs are as recorded.</summary>
    public int VmasOk { get; private set; }

    /// <summary>Rows whose page states are as recorded.</summary>
    public int PagesOk { get; private set; }

    /// <summary>Rows whose contents are as recorded, or were not recorded.</summary>
    public int ContentOk { get; private set; }

    /// <summary>Whether everything agrees.</summary>
    public bool AllAgree => disagreements.Count == 0;

    /// <summary>The disagreements of each kind of memory, in the order they were met.</summary>
    public IReadOnlyDictionary<string, List<string>> Disagreements => disagreements;

    /// <summary>What the model makes of a row.</summary>
    /// <exception cref="FormatException">The kind or the shape is not known.</exception>
    public static MatrixOutcome Run(MatrixRow row)
    {
        var bench = MatrixKinds.SetUp(row.Kind) ?? throw new FormatException($"kind: '{row.Kind}' is not known (known: {string.Join(' ', MatrixKinds.Names)})");
        var range = MatrixShapes.Prepare(row.Shape, bench, row.Advice) ?? throw new FormatException($"shape: '{row.Shape}' is not known (known: {string.Join(' ', MatrixShapes.Names)})");
        var (vmas, pages) = (bench.Vmas(), bench.States());
        var error = bench.Try(MatrixBench.Madvise(range, row.Advice));
        var (vmasAfter, pagesAfter) = (bench.Vmas(), bench.States());
        return new MatrixOutcome(error == Errno.None ? "0" : error.ToString(), vmas, vmasAfter, pages, pagesAfter, row.Content is null ? string.Empty : bench.Content());
    }

    /// <summary>Checks one row.</summary>
    /// <exception cref="FormatException">The kind or the shape is not known.</exception>
    public void Check(MatrixRow row)
    {
        var outcome = Run(row);
        var (errno, vmas, pages, content) = (outcome.HasErrnoOf(row), outcome.HasVmasOf(row), outcome.HasPagesOf(row), outcome.HasContentOf(row));
        Rows++;
        ErrnoOk += errno ? 1 : 0;
        VmasOk += vmas ? 1 : 0;
        PagesOk += pages ? 1 : 0;
        ContentOk += content ? 1 : 0;
        if (errno && vmas && pages && content)
        {
            return;
        }

        var parts = new List<string>();
        Add(errno, "errno", row.Errno, outcome.Errno);
        Add(vmas, "VMAs", $"{List(row.VmasBefore)} -> {List(row.VmasAfter)} ({row.CountBefore.ToString(CultureInfo.InvariantCulture)} -> {row.CountAfter.ToString(CultureInfo.InvariantCulture)})", $"{List(outcome.VmasBefore)} -> {List(outcome.VmasAfter)}");
        Add(pages, "pages", $"{row.PagesBefore} -> {row.PagesAfter}", $"{outcome.PagesBefore} -> {outcome.PagesAfter}");
        Add(content, "content", row.Content ?? string.Empty, outcome.Content);
        if (!disagreements.TryGetValue(row.Kind, out var list))
        {
            disagreements[row.Kind] = list = [];
        }

        list.Add($"{row.Kind} {Madv.NameOf(row.Advice)} {row.Shape}: {string.Join("; ", parts)}");

        void Add(bool agrees, string what, string recorded, string got)
        {
            if (!agrees)
            {
                parts.Add($"{what} expected {recorded}, got {got}");
            }
        }
    }

    private static string List(IReadOnlyList<string>? vmas) => vmas is null ? "as before" : $"[{string.Join(", ", vmas)}]";
}
