using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Review.Patches.Series;

/// <summary>What is different from the version before, patch by patch, as git range-diff pairs them: by title, then by content.</summary>
public static class SeriesChanges
{
    /// <summary>A line for each patch that is new, gone, moved or changed; empty if there is no version before.</summary>
    public static ImmutableArray<string> Since(PatchSeries? previous, PatchSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (previous is null)
        {
            return [];
        }

        var lines = ImmutableArray.CreateBuilder<string>();
        var left = previous.Patches.ToList();
        var pairs = new Dictionary<SeriesPatch, SeriesPatch>(ReferenceEqualityComparer.Instance);

        // All by content before any by title: a patch may have got the title of another one.
        Pair(static (patch, before) => Identity(patch) == Identity(before));
        Pair(static (patch, before) => patch.Title == before.Title);
        foreach (var patch in series.Patches)
        {
            var content = Identity(patch);
            var before = pairs.GetValueOrDefault(patch);
            var place = before is not null && before.Number != patch.Number ? string.Create(CultureInfo.InvariantCulture, $", was patch {before.Number}") : "";
            var what = before is null ? "is new" : Identity(before) == content ? "is as it was" : "has changed";
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"since v{previous.Revision}: patch {patch.Number} {what}{place}"));
        }

        lines.AddRange(left.Select(patch => string.Create(CultureInfo.InvariantCulture, $"since v{previous.Revision}: patch {patch.Number} ({patch.Title}) is gone")));
        return lines.ToImmutable();

        void Pair(Func<SeriesPatch, SeriesPatch, bool> isSame)
        {
            foreach (var patch in series.Patches.Where(patch => !pairs.ContainsKey(patch)))
            {
                if (left.Find(before => isSame(patch, before)) is { } match)
                {
                    _ = left.Remove(match);
                    pairs.Add(patch, match);
                }
            }
        }
    }

    /// <summary>The content of a patch without line numbers and white space, as <c>git patch-id --stable</c> sees it.</summary>
    private static string Identity(SeriesPatch patch)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in patch.Files.OrderBy(static file => file.Path, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.OldPath}\n{file.NewPath}\n"));
            foreach (var line in file.Hunks.SelectMany(static hunk => hunk.Lines))
            {
                hash.AppendData(Encoding.UTF8.GetBytes($"{line.Kind}{string.Concat(line.Bytes.Where(static c => !char.IsWhiteSpace(c)))}\n"));
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
