using System.Globalization;
using Review.Model.Scenarios;

namespace Review.LiveKernel;

/// <summary>Reads /proc/PID/smaps (proc_pid_smaps(5)).</summary>
internal static class MemoryMapReader
{
    /// <summary>The VMAs that overlap [<paramref name="start"/>, <paramref name="end"/>); none if the range wraps around.</summary>
    public static EquatableList<SeenVma> Vmas(string[] lines, ulong start, ulong end)
    {
        var vmas = new List<SeenVma>();
        SeenVma? current = null;
        foreach (var line in lines)
        {
            if (line.StartsWith("VmFlags:", StringComparison.Ordinal))
            {
                if (current is not null)
                {
                    vmas.Add(current with { Flags = line["VmFlags:".Length..].Trim() });
                }
            }
            else if (line is [(>= '0' and <= '9') or (>= 'a' and <= 'f'), ..])
            {
                var vma = Head(line);
                current = vma.Start < end && vma.End > start ? vma : null;
            }
        }

        return vmas.ToEquatableList();
    }

    private static SeenVma Head(string line)
    {
        var words = line.Split(' ', 3);
        var range = words[0].Split('-');
        return new SeenVma(Number(range[0]), Number(range[1]), words[1], string.Empty);
    }

    private static ulong Number(string hexadecimal) => ulong.Parse(hexadecimal, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
