using System.Runtime.InteropServices;
using Review.Tables.Proofs;
using Review.Tables.Specification;

namespace Review.Cli.Tables;

/// <summary>
/// Asks the running kernel which numbers are advice. It is asked about no memory at all (address 0, length 0), so nothing is done: madvise(2) answers EINVAL for
/// what it does not know, and success for the rest.
/// </summary>
internal static partial class RunningKernel
{
    private const int InvalidArgument = 22;
    private const int Highest = 1024;

    /// <summary>The numbers that are asked about: all small ones, those of the table and their neighbours, and the ends of the range.</summary>
    public static IEnumerable<int> Asked(BehaviorTable table) =>
        Enumerable.Range(-1, Highest + 2).Concat(table.Rows.SelectMany(static row => new[] { row.Value - 1, row.Value, row.Value + 1 })).Append(int.MinValue).Append(int.MaxValue).Distinct().Order();

    /// <summary>True if the kernel knows a number as advice.</summary>
    public static bool Knows(int advice) => Madvise(0, 0, advice) == 0 || Marshal.GetLastPInvokeError() != InvalidArgument;

    /// <summary>
    /// The numbers for which the kernel and the table's column of valid advice differ, under the choice of options that explains the kernel best; and those options.
    /// </summary>
    public static (IReadOnlyList<int> Differing, IReadOnlySet<string> Options, int Count) Compare(BehaviorTable table, Func<int, bool> knows)
    {
        var column = table.Column("valid") ?? throw new UserError("the table has no column 'valid'", "only valid advice can be asked of a kernel");
        var answers = Asked(table).Select(advice => (Advice: advice, IsKnown: knows(advice))).ToList();
        var (differing, on) = EquivalenceProof.Sets(table.Options)
            .Select(set => (Differing: answers.Where(answer => answer.IsKnown != (table.Answer(column, answer.Advice, set) != column.Default)).Select(static answer => answer.Advice).ToList(), On: set))
            .MinBy(static pair => pair.Differing.Count);
        return (differing, on, answers.Count);
    }

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Madvise(nint address, nuint length, int advice);
}
