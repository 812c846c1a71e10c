using System.Text.RegularExpressions;

namespace Review.Kernel.Headers;

/// <summary>
/// The system call headers that architectures ask for with <c>syscall-y</c> since 6.11 (scripts/Makefile.asm-headers).
/// </summary>
internal static partial class SyscallHeaders
{
    private const string GenericTable = "scripts/syscall.tbl";

    public static void Add(HeaderGeneration generation)
    {
        var directory = $"{generation.Architecture.Directory}/include";
        var wanted = generation.Lists($"{directory}/asm").Syscall.Select(header => ("arch/asm", header))
            .Concat(generation.Lists($"{directory}/uapi/asm").Syscall.Select(header => ("arch/uapi/asm", header)))
            .ToList();
        if (wanted.Count == 0)
        {
            return;
        }

        var abis = new Dictionary<string, List<string>>(StringComparer.Ordinal) { ["32"] = ["common", "32"], ["64"] = ["common", "64"] };
        var pattern = ReadRules(generation, abis);
        foreach (var (overlay, header) in wanted)
        {
            if (HeaderName().Match(header) is not { Success: true } name)
            {
                generation.Problems.Add($"{directory}/asm/Kbuild", 0, $"syscall-y names {header}, a kind of header that is not known; it is missing");
                continue;
            }

            var bits = name.Groups[2].Value;
            var path = pattern.Replace("%", bits, StringComparison.Ordinal);
            var table = SyscallTable.Read(generation, generation.Tree.FileExists(path) ? path : GenericTable);
            generation.Add($"{overlay}/{header}", name.Groups[1].Value switch
            {
                "syscall_table" => table.Entries(abis[bits]),
                "unistd_compat" => table.Numbers(abis[bits], $"compat{bits}_"),
                _ => table.Numbers(abis[bits]),
            });
        }
    }

    /// <summary>Reads the architecture's own rules, kernel/Makefile.syscalls; returns the table's path with <c>%</c> for the word size.</summary>
    private static string ReadRules(HeaderGeneration generation, Dictionary<string, List<string>> abis)
    {
        var pattern = GenericTable;
        var rules = generation.Tree.ReadText($"{generation.Architecture.Directory}/kernel/Makefile.syscalls", generation.Problems) ?? "";
        foreach (Match match in Rule().Matches(rules))
        {
            if (match.Groups[1].Success)
            {
                abis[match.Groups[1].Value].AddRange(match.Groups[2].Value.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries));
            }
            else
            {
                pattern = match.Groups[3].Value.Replace("$(srctree)/", "", StringComparison.Ordinal);
            }
        }

        return pattern;
    }

    [GeneratedRegex(@"^[ \t]*(?:syscall_abis_(32|64)[ \t]*\+=[ \t]*([^#\n]*)|syscalltbl[ \t]*:?=[ \t]*(\S+))", RegexOptions.Multiline)]
    private static partial Regex Rule();

    [GeneratedRegex(@"^(unistd|unistd_compat|syscall_table)_(32|64)\.h$")]
    private static partial Regex HeaderName();
}
