namespace Review.Core.Diagnostics;

/// <summary>Finds the name that somebody probably meant.</summary>
public static class NearestName
{
    private const int ShortestAbbreviation = 3;

    /// <summary>
    /// The candidate that contains what was written as an abbreviation, else the one with the least edit distance (insert, delete, replace,
    /// swap neighbours), or null if even that one shares too little. Case does not count; of equals the first in ordinal order is meant.
    /// </summary>
    public static string? Of(string written, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(written);
        var limit = Math.Max(2, written.Length / 2);
        return candidates
            .Select(candidate => (
                Name: candidate,
                IsAbbreviated: written.Length >= ShortestAbbreviation && IsAbbreviation(written, candidate),
                Distance: Distance(written.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .Where(candidate => candidate.IsAbbreviated || candidate.Distance <= limit)
            .OrderBy(candidate => candidate.IsAbbreviated ? 0 : 1)
            .ThenBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
    }

    /// <summary>The sentence for an unknown name, with the nearest one if there is any.</summary>
    /// <param name="kind">What the name was to name, e.g. <c>rule</c>.</param>
    /// <param name="written">What was written.</param>
    /// <param name="candidates">The names that exist.</param>
    public static string Complain(string kind, string written, IEnumerable<string> candidates) =>
        Of(written, candidates) is { } nearest
            ? $"there is no {kind} '{written}': did you mean {nearest}?"
            : $"there is no {kind} '{written}'";

    // Are all characters there, in order?
    private static bool IsAbbreviation(string written, string candidate)
    {
        var matched = 0;
        foreach (var c in candidate)
        {
            if (matched < written.Length && char.ToLowerInvariant(c) == char.ToLowerInvariant(written[matched]))
            {
                matched++;
            }
        }

        return matched == written.Length;
    }

    // Optimal string alignment: Levenshtein's distance with swaps of neighbours.
    private static int Distance(string a, string b)
    {
        var distance = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            distance[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            distance[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = distance[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                distance[i, j] = Math.Min(replace, Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
                }
            }
        }

        return distance[a.Length, b.Length];
    }
}
