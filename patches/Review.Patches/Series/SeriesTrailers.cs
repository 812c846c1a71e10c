using System.Buffers;

namespace Review.Patches.Series;

/// <summary>Lines that tools put under a patch or a cover letter. They are what the sender says and prove nothing.</summary>
internal static class SeriesTrailers
{
    private const string Base = "base-commit:";

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>The id on the line <c>base-commit: ...</c>, 7 to 64 hexadecimal digits; null if there is none.</summary>
    public static string? BaseCommit(string body)
    {
        foreach (var line in body.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(Base, StringComparison.OrdinalIgnoreCase))
            {
                var id = line[Base.Length..].Trim();
                if (id.Length is >= 7 and <= 64 && id.IndexOfAnyExcept(LowerHex) < 0)
                {
                    return id.ToString();
                }
            }
        }

        return null;
    }
}
