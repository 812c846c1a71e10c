using System.Globalization;
using System.Text;

namespace Review.Kernel.Headers;

/// <summary>
/// A system call table, columns <c>number abi name native compat noreturn</c>, and the headers made from it
/// (scripts/syscallhdr.sh, scripts/syscalltbl.sh).
/// </summary>
internal sealed class SyscallTable
{
    // Linux has a few hundred calls per table; gaps are filled, so a wild number must not be believed.
    private const int MaximumNumber = 4096;

    private readonly List<Row> rows = [];

    /// <summary>Reads a table of the tree; empty if it is missing.</summary>
    public static SyscallTable Read(HeaderGeneration generation, string path)
    {
        var table = new SyscallTable();
        foreach (var line in generation.Read(path).Split('\n'))
        {
            var comment = line.IndexOf('#');
            var columns = (comment < 0 ? line : line[..comment]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length >= 3 && int.TryParse(columns[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MaximumNumber)
            {
                table.rows.Add(new Row(number, columns[1], columns[2], Column(3), Column(4), columns.Length > 5));
            }

            string Column(int index) => columns.Length > index && columns[index] != "-" ? columns[index] : "";
        }

        return table;
    }

    /// <summary>A unistd header: one <c>__NR_</c> macro per call of the given ABIs, and their number for the kernel.</summary>
    public string Numbers(IReadOnlyCollection<string> abis, string prefix = "", string offset = "")
    {
        var text = new StringBuilder();
        var last = 0;
        foreach (var row in Select(abis))
        {
            var number = offset.Length > 0 ? $"({offset} + {row.Number})" : $"{row.Number}";
            text.Append(CultureInfo.InvariantCulture, $"#define __NR_{prefix}{row.Name} {number}\n");
            last = row.Number;
        }

        return text.Append(CultureInfo.InvariantCulture, $"#ifdef __KERNEL__\n#define __NR_{prefix}syscalls {last + 1}\n#endif\n").ToString();
    }

    /// <summary>A table header: one <c>__SYSCALL</c> line per number, gaps filled with sys_ni_syscall.</summary>
    public string Entries(IReadOnlyCollection<string> abis)
    {
        var text = new StringBuilder();
        var next = 0;
        foreach (var row in Select(abis))
        {
            for (; next < row.Number; next++)
            {
                text.Append(CultureInfo.InvariantCulture, $"__SYSCALL({next}, sys_ni_syscall)\n");
            }

            text.Append(Entry(row));
            next = row.Number + 1;
        }

        return text.ToString();
    }

    private static string Entry(Row row)
    {
        var native = row.Native.Length > 0 ? row.Native : "sys_ni_syscall";
        return (row.IsNoReturn, row.Compat.Length > 0) switch
        {
            (true, true) => $"__SYSCALL_COMPAT_NORETURN({row.Number}, {native}, {row.Compat})\n",
            (true, false) => $"__SYSCALL_NORETURN({row.Number}, {native})\n",
            (false, true) => $"__SYSCALL_WITH_COMPAT({row.Number}, {native}, {row.Compat})\n",
            _ => $"__SYSCALL({row.Number}, {native})\n",
        };
    }

    // The kernel's scripts grep for "number, blanks, one of the ABIs": a prefix of the column is enough.
    private IEnumerable<Row> Select(IReadOnlyCollection<string> abis) =>
        rows.Where(row => abis.Any(abi => row.Abi.StartsWith(abi, StringComparison.Ordinal)));

    private readonly record struct Row(int Number, string Abi, string Name, string Native, string Compat, bool IsNoReturn);
}
