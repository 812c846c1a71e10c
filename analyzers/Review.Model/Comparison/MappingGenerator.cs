using System.Collections.Immutable;
using Review.Model.Scenarios;

namespace Review.Model.Comparison;

/// <summary>A mapping that a random sequence has made, or a free range it has reserved.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Pages">Its length in pages.</param>
internal readonly record struct MadeMapping(string Name, int Pages);

/// <summary>Makes mappings of random kinds and remembers them.</summary>
internal sealed class MappingGenerator(Dice dice, IReadOnlySet<string> available)
{
    private const int LeastPages = 2;
    private const int MostPages = 10;

    private readonly List<string> files = [];

    /// <summary>What was made so far.</summary>
    public List<MadeMapping> Mappings { get; } = [];

    /// <summary>Files that were opened, by name.</summary>
    public IReadOnlyList<string> Files => files;

    /// <summary>The operations that make a mapping of a new name at a free place.</summary>
    public IEnumerable<Operation> Make(string name)
    {
        var pages = dice.Between(LeastPages, MostPages);
        Mappings.Add(new(name, pages));

        // The name is there even if the mapping is refused.
        return [new Reserve(name, AddressExpression.Pages((ulong)pages)), .. Over(AddressExpression.In(name), pages)];
    }

    /// <summary>A mapping over a part of what is there, or beside it.</summary>
    public ImmutableArray<Operation> Over(AddressExpression at, int pages)
    {
        var flags = dice.Weighted(
            (50, MappingFlags.Private | MappingFlags.Anonymous),
            (12, MappingFlags.Shared | MappingFlags.Anonymous),
            (12, MappingFlags.Private),
            (16, MappingFlags.Shared),
            (4, MappingFlags.Droppable | MappingFlags.Anonymous),
            (2, MappingFlags.Private | MappingFlags.Anonymous | MappingFlags.GrowsDown));
        if (flags.HasFlag(MappingFlags.Droppable))
        {
            return [Map(at, pages, flags, file: null)];
        }

        flags |= dice.OneIn(8) ? MappingFlags.NoReserve : MappingFlags.None;
        flags |= dice.OneIn(10) ? MappingFlags.Populate : MappingFlags.None;
        flags |= dice.OneIn(16) ? MappingFlags.Locked : MappingFlags.None;
        return flags.HasFlag(MappingFlags.Anonymous) ? [Map(at, pages, flags, file: null)] : OfFile(at, pages, flags);
    }

    private ImmutableArray<Operation> OfFile(AddressExpression at, int pages, MappingFlags flags)
    {
        if (files.Count > 0 && dice.OneIn(3))
        {
            return [Map(at, pages, flags, files[dice.Below(files.Count)])];
        }

        var kinds = available.Contains(Requirement.SecretMem) && flags.HasFlag(MappingFlags.Shared)
            ? dice.Weighted((5, FileKind.Disk), (5, FileKind.Tmpfs), (5, FileKind.Memfd), (1, FileKind.Secret))
            : dice.Of(FileKind.Disk, FileKind.Tmpfs, FileKind.Memfd);
        var file = $"F{files.Count}";
        files.Add(file);
        var size = Math.Max(1, pages + dice.Weighted((6, 0), (1, 2), (1, -1), (1, -2)));
        var create = new CreateFile(
            file,
            size,
            kinds,
            ZeroFilled: kinds == FileKind.Secret || dice.OneIn(6),
            ReadOnly: kinds != FileKind.Secret && dice.OneIn(5),
            WriteSealed: kinds == FileKind.Memfd && dice.OneIn(6));
        return [create, Map(at, pages, flags, file)];
    }

    private Mmap Map(AddressExpression at, int pages, MappingFlags flags, string? file) => new(
        Name: null,
        at,
        Align: null,
        AddressExpression.Pages((ulong)pages),
        dice.Weighted((12, Protection.Read | Protection.Write), (4, Protection.Read), (1, Protection.None), (1, Protection.Write), (1, Protection.Read | Protection.Execute), (1, Protection.Execute), (1, Protection.Read | Protection.Write | Protection.Execute)),
        dice.OneIn(10) ? flags | MappingFlags.NoReplace : flags,
        file,
        file is not null && dice.OneIn(5) ? AddressExpression.Pages((ulong)dice.Between(1, 2)) : null,
        CallExpectation.Success);
}
