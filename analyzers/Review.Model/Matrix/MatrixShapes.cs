using Review.Model.Memory;

namespace Review.Model.Matrix;

/// <summary>The shapes of ranges of the matrix. Written down for 8 pages; shorter and longer memory has the like.</summary>
internal static class MatrixShapes
{
    private static readonly Dictionary<string, Func<MatrixBench, int, (ulong Start, ulong Length)>> Shapes = new(StringComparer.Ordinal)
    {
        ["full"] = static (bench, _) => (At(bench, 0), Bytes(bench, bench.Units)),
        ["first_half"] = static (bench, _) => (At(bench, 0), Bytes(bench, bench.Units / 2)),
        ["middle_page"] = static (bench, _) => (At(bench, Middle(bench)), Bytes(bench, 1)),
        ["last_half"] = static (bench, _) => (At(bench, bench.Units / 2), Bytes(bench, bench.Units / 2)),
        ["len_unaligned"] = static (bench, _) => (At(bench, 0), Bytes(bench, bench.Units / 2) - 100),
        ["hole_middle"] = static (bench, _) =>
        {
            bench.Unmap(Middle(bench), Middle(bench) + (bench.Units / 4));
            return (At(bench, 0), Bytes(bench, bench.Units));
        },
        ["hole_before"] = static (bench, _) => (At(bench, -2), Bytes(bench, 4)),
        ["hole_after"] = static (bench, _) => (At(bench, bench.Units - 2), Bytes(bench, 4)),
        ["unmapped"] = static (bench, _) => (At(bench, -6), Bytes(bench, 2)),
        ["unaligned_start"] = static (bench, _) => (At(bench, 0) + 1, Bytes(bench, 4)),
        ["unaligned_unmapped"] = static (bench, _) => (At(bench, -6) + 1, Bytes(bench, 2)),
        ["len0"] = static (bench, _) => (At(bench, 0), 0),
        ["len0_unmapped"] = static (bench, _) => (At(bench, -6), 0),
        ["len0_unaligned"] = static (bench, _) => (At(bench, 0) + 1, 0),
        ["len_minus1"] = static (bench, _) => (At(bench, 0), ulong.MaxValue),
        ["len_wrap"] = static (bench, _) => (At(bench, 0), unchecked(0UL - At(bench, 0) + Bytes(bench, 4))),
        ["len_to_zero"] = static (bench, _) => (At(bench, 0), unchecked(0UL - At(bench, 0))),
        ["two_vmas"] = static (bench, advice) =>
        {
            bench.Advise(advice == Madv.Random ? Madv.Sequential : Madv.Random, bench.Units / 2, bench.Units);
            return (At(bench, 0), Bytes(bench, bench.Units));
        },
        ["null_len0"] = static (_, _) => (0, 0),
        ["misaligned_len1"] = static (bench, _) => (At(bench, 0) + Pages.Size, 1),
    };

    /// <summary>The names of the shapes.</summary>
    public static IEnumerable<string> Names => Shapes.Keys;

    /// <summary>Prepares the bench for a shape and gives the range; null for a shape that is not known.</summary>
    public static (ulong Start, ulong Length)? Prepare(string name, MatrixBench bench, int advice) =>
        Shapes.TryGetValue(name, out var shape) ? shape(bench, advice) : null;

    private static int Middle(MatrixBench bench) => (bench.Units / 2) - 1;

    private static ulong At(MatrixBench bench, int unit) => unchecked(MatrixBench.Start + ((ulong)unit * bench.Unit));

    private static ulong Bytes(MatrixBench bench, int units) => (ulong)units * bench.Unit;
}
