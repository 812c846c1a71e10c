using System.Buffers;
using System.Collections.Immutable;

namespace Review.Patches.Series;

/// <summary>A line <c>Fixes: 54a4f0239f2e ("KVM: MMU: make kvm_mmu_zap_page() return the number of pages it actually freed")</c> of a commit message.</summary>
/// <param name="Id">Digits of the commit's id, at least six.</param>
/// <param name="Subject">The subject that is given for it; empty if none is.</param>
public sealed record FixesTrailer(string Id, string Subject)
{
    private const string Name = "Fixes:";

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>The trailers of a message. A subject that goes on in the next line is put together.</summary>
    public static ImmutableArray<FixesTrailer> In(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var found = ImmutableArray.CreateBuilder<FixesTrailer>();
        var lines = message.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith(Name, StringComparison.OrdinalIgnoreCase) && Read(lines[i][Name.Length..].Trim(), i + 1 < lines.Length ? lines[i + 1].Trim() : "") is { } trailer)
            {
                found.Add(trailer);
            }
        }

        return found.ToImmutable();
    }

    /// <summary>True if a commit's subject is the one that is given: white space aside, and as far as it is given where it ends in dots.</summary>
    public bool Names(string subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var (given, real) = (Squeeze(Subject), Squeeze(subject));
        return given.Length == 0 || given == real || (given.EndsWith("...", StringComparison.Ordinal) && real.StartsWith(given[..^3].TrimEnd(), StringComparison.Ordinal));
    }

    private static FixesTrailer? Read(string value, string next)
    {
        var end = value.AsSpan().IndexOfAnyExcept(Hex);
        var id = end < 0 ? value : value[..end];
        if (id.Length is < 6 or > 64 || (end >= 0 && value[end] is not (' ' or '\t' or '(')))
        {
            return null;
        }

        var rest = end < 0 ? "" : value[end..].Trim();
        var whole = rest.StartsWith("(\"", StringComparison.Ordinal) && !rest.EndsWith("\")", StringComparison.Ordinal) ? rest + " " + next : rest;
        return new FixesTrailer(id, whole.StartsWith("(\"", StringComparison.Ordinal) && whole.EndsWith("\")", StringComparison.Ordinal) ? whole[2..^2] : "");
    }

    private static string Squeeze(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
