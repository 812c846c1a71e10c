using System.Collections.Immutable;
using System.Text.Json;
using LibGit2Sharp;
using Review.Cli.Trees;
using Review.Patches.Threads;

namespace Review.Cli.Patch;

/// <summary>
/// The commits that <c>b4 review</c> has made of a series, found through the file that $B4_TRACKING_FILE names: the base, one commit for each patch, and b4's own empty commit. What the file says
/// comes from the sender, so only an id is taken from it, and the commits are compared with the mail.
/// </summary>
/// <param name="Range">The range of the patches, <c>A..B</c>.</param>
/// <param name="Number">The patch of the mail, from 1; null for a cover letter.</param>
internal sealed record B4Branch(string Range, int? Number)
{
    /// <summary>The variable that b4 sets.</summary>
    public const string Variable = "B4_TRACKING_FILE";

    private const int MaximumBytes = 64 << 20;

    /// <summary>The branch for a mail; null if there is none that fits.</summary>
    /// <param name="trackingFile">What the variable says.</param>
    /// <param name="folder">The repository.</param>
    /// <param name="subject">The mail's subject.</param>
    public static B4Branch? Find(string? trackingFile, string folder, PatchSubject subject)
    {
        if (trackingFile is not { Length: > 0 } || !GitLibrary.IsRepository(folder) || TipIn(trackingFile) is not { } tip)
        {
            return null;
        }

        using var repository = GitLibrary.Open(folder);
        try
        {
            return repository.Lookup<Commit>(tip) is { } commit ? Find(commit, subject) : null;
        }
        catch (LibGit2SharpException)
        {
            return null;
        }
    }

    private static B4Branch? Find(Commit tip, PatchSubject subject)
    {
        var total = subject.Total ?? 1;
        ImmutableArray<Commit> chain = [.. Ancestors(tip).SkipWhile(static commit => commit.Parents.FirstOrDefault()?.Tree.Sha == commit.Tree.Sha).Take(total + 1).Reverse()];
        if (chain.Length != total + 1)
        {
            return null;
        }

        var range = $"{chain[0].Sha}..{chain[^1].Sha}";
        var number = subject.Number ?? 1;
        return number == 0 ? new B4Branch(range, null) : number <= total && chain[number].MessageShort == subject.Title ? new B4Branch(range, number) : null;
    }

    private static IEnumerable<Commit> Ancestors(Commit tip)
    {
        for (var commit = tip; commit is not null; commit = commit.Parents.FirstOrDefault())
        {
            yield return commit;
        }
    }

    private static string? TipIn(string file)
    {
        try
        {
            if (new FileInfo(file) is not { Exists: true, Length: <= MaximumBytes })
            {
                return null;
            }

            using var json = JsonDocument.Parse(File.ReadAllBytes(file), new JsonDocumentOptions { MaxDepth = 32 });
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("series", out var series) && series.ValueKind == JsonValueKind.Object
                && series.TryGetProperty("branch-tips", out var tips) && tips.ValueKind == JsonValueKind.Array
                && tips.EnumerateArray().LastOrDefault() is { ValueKind: JsonValueKind.Object } last && last.TryGetProperty("sha", out var sha) && sha.ValueKind == JsonValueKind.String
                && sha.GetString() is { Length: >= 40 and <= 64 } id && id.All(char.IsAsciiHexDigit)
                ? id
                : null;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
