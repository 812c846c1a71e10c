using System.Collections.Immutable;
using System.Globalization;

namespace Review.Model.Scenarios;

/// <summary>
/// Where the named mappings of a scenario start, and where new ones go. Places are the same in every run: from
/// <see cref="Arena"/> upwards, at least 64 unmapped pages between neighbours.
/// </summary>
public sealed class ScenarioNames
{
    /// <summary>Where the first mapping may be; nothing else of a process is near.</summary>
    public const ulong Arena = 0x1000_0000_0000;

    private const ulong PageSize = 4096;
    private const ulong HugePageSize = 2 << 20;
    private const ulong Margin = 64 * PageSize;

    private ImmutableDictionary<string, ulong> starts = ImmutableDictionary<string, ulong>.Empty;
    private ulong next = Arena;

    /// <summary>The names of a forked child: those of the parent, and its own afterwards.</summary>
    public ScenarioNames Child() => new() { starts = starts, next = next };

    /// <summary>The start of a mapping; the reader has checked that the name is defined.</summary>
    public ulong StartOf(string name) => starts.GetValueOrDefault(name);

    /// <summary>An address as an expression: the nearest mapping before it and the distance, "A+1p"; the plain number if there is none.</summary>
    public string ExpressionOf(ulong address)
    {
        var (name, start) = starts.Where(pair => pair.Value <= address).OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key, StringComparer.Ordinal).FirstOrDefault();
        return (name, (address - start) / PageSize, (address - start) % PageSize) switch
        {
            (null, _, _) => string.Create(CultureInfo.InvariantCulture, $"0x{address:x}"),
            (_, 0, 0) => name,
            (_, var pages, 0) => string.Create(CultureInfo.InvariantCulture, $"{name}+{pages}p"),
            (_, 0, var bytes) => string.Create(CultureInfo.InvariantCulture, $"{name}+{bytes}"),
            var (_, pages, bytes) => string.Create(CultureInfo.InvariantCulture, $"{name}+{pages}p+{bytes}"),
        };
    }

    public ulong ValueOf(AddressExpression expression) => expression.Evaluate(StartOf);

    /// <summary>The start of the mapping that page numbers of a pattern are counted from; 0 if the expression names none.</summary>
    public ulong BaseOf(AddressExpression expression) => expression.Base is { } name ? StartOf(name) : 0;

    public void Define(string name, ulong start) => starts = starts.SetItem(name, start);

    /// <summary>A free place for so many bytes.</summary>
    public ulong FreePlace(ulong length, ulong align)
    {
        align = Math.Max(align, PageSize);
        var start = (next + Margin + align - 1) / align * align;

        // A length that no mapping can have moves nothing: the call is going to fail.
        next = length < Arena ? start + length + Margin : next;
        return start;
    }

    /// <summary>Where an mmap operation goes.</summary>
    public ulong PlaceOf(Mmap map) => map.At is { } at
        ? ValueOf(at)
        : FreePlace(ValueOf(map.Length), map.Flags.HasFlag(MappingFlags.HugeTlb) ? HugePageSize : map.Align is { } align ? ValueOf(align) : PageSize);
}
