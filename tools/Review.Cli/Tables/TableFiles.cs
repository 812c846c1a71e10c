using System.Collections.Immutable;
using System.Text;
using Review.Cli.Cache;
using Review.Cli.Check;
using Review.Cli.Trees;
using Review.Core.Source;
using Review.Kernel.Kconfig;
using Review.Tables;
using Review.Tables.Headers;
using Review.Tables.Lookups;
using Review.Tables.Specification;

namespace Review.Cli.Tables;

/// <summary>Reads the files that the table commands are given: tables, C files beside the tree, and files of the tree, of any revision.</summary>
internal sealed class TableFiles : IDisposable
{
    /// <summary>No table and no C file of a kernel is that large, in bytes.</summary>
    private const int MaximumLength = 4 << 20;

    private const int MaximumMessage = 200;

    private readonly CacheDirectory? cache;
    private readonly Lazy<KconfigSymbols?> symbols;
    private readonly Dictionary<string, KernelSource> sources = new(StringComparer.Ordinal);
    private readonly string? folder;
    private readonly string? revision;

    /// <param name="kernel">The tree; null for none.</param>
    /// <param name="revision">The revision that files of the tree are of; null for the work tree.</param>
    /// <param name="architecture">The architecture whose values count; null if none do.</param>
    /// <param name="cancellation">Stops the unpacking of a tree.</param>
    public TableFiles(string? kernel, string? revision, string? architecture, CancellationToken cancellation)
    {
        this.revision = revision;
        Architecture = architecture ?? "";
        symbols = new Lazy<KconfigSymbols?>(() => HasTree ? new KconfigSymbols(Tree) : SymbolsNearby());
        if (kernel is not null)
        {
            cache = CacheDirectory.Open();
            folder = new KernelLocator(cache, Environment.CurrentDirectory, Environment.GetEnvironmentVariable).Locate(kernel, Progress.ToTerminal, cancellation).Folder;
            if (architecture is not null && !AdviceHeaders.Architectures(Tree).Contains(architecture, StringComparer.Ordinal))
            {
                throw new UserError($"the tree has no architecture '{architecture}'", "use " + string.Join(", ", AdviceHeaders.Architectures(Tree)));
            }
        }
    }

    /// <summary>The architecture whose values count.</summary>
    public string Architecture { get; }

    /// <summary>True if there is a tree.</summary>
    public bool HasTree => folder is not null;

    /// <summary>The tree.</summary>
    public ISourceTree Tree => Source(revision).Tree;

    /// <summary>The advice and its values: those of the tree; without one, those of the table that comes with the program.</summary>
    public IReadOnlyDictionary<string, long> Values => HasTree ? AdviceHeaders.Read(Tree, Architecture)
        : ReferenceTable.Madvise.Rows.ToImmutableSortedDictionary(static row => row.Name, static row => (long)row.Value, StringComparer.Ordinal);

    /// <summary>Reads a table. Its options are those of the tree; without one, those of the tree that "auto" means, if that is there already.</summary>
    /// <exception cref="UserError">The file cannot be read, or holds no table.</exception>
    public BehaviorTable ReadTable(string file)
    {
        var text = ReadText(file);
        try
        {
            return TableReader.Read(text, IsOption);
        }
        catch (TableFormatException trouble)
        {
            throw new UserError($"{file}:{trouble.Line}: {Shortened(trouble.Message)}", trouble.Cure);
        }
    }

    /// <summary>True if a file holds a table, by its name or its first word.</summary>
    public static bool IsTable(string file) => file.EndsWith(".table", StringComparison.Ordinal)
        || (File.Exists(file) && ReadText(file).Split('\n').Select(static line => line.Trim()).FirstOrDefault(static line => line.Length > 0 && line[0] != '#') is { } first
            && first.Split(' ', '\t')[0] is "table" or "option" or "column" or "behavior");

    /// <summary>Reads C: a file beside the tree if there is one of that name, a file of the tree, or <c>REVISION:FILE</c>.</summary>
    /// <param name="file">The file.</param>
    /// <param name="more">Values of advice that no header gives.</param>
    public LookupSource ReadCode(string file, BehaviorTable? more = null)
    {
        var known = new Dictionary<string, long>(Values, StringComparer.Ordinal);
        foreach (var row in more?.Rows ?? [])
        {
            _ = known.TryAdd(row.Name, row.Value);
        }

        return new LookupSource(file, CodeOf(file), known);
    }

    /// <summary>Reads C of the tree, as the revision that the command is about has it.</summary>
    public LookupSource ReadTreeCode(string file) => new(file, InTree(revision, file), Values);

    public void Dispose()
    {
        foreach (var source in sources.Values)
        {
            source.Dispose();
        }

        cache?.Dispose();
    }

    /// <summary>A word of a broken file may be all of it.</summary>
    private static string Shortened(string message) => message.Length <= MaximumMessage ? message : message[..MaximumMessage] + "...";

    private bool IsOption(string option) => ReferenceTable.Madvise.Options.Contains(option) || symbols.Value is not { } known || known.Has(option["CONFIG_".Length..]);

    private static KconfigSymbols? SymbolsNearby()
    {
        using var nearby = CacheDirectory.Open();
        return new KernelLocator(nearby, Environment.CurrentDirectory, Environment.GetEnvironmentVariable).Find() is { } found ? new KconfigSymbols(new WorkTree(found.Folder)) : null;
    }

    /// <summary>The tree of a revision.</summary>
    public KernelSource Source(string? of)
    {
        if (!sources.TryGetValue(of ?? "", out var source))
        {
            sources[of ?? ""] = source = KernelSource.Open(cache!, folder!, of);
        }

        return source;
    }

    private string CodeOf(string file)
    {
        if (File.Exists(file) || !HasTree)
        {
            return ReadText(file);
        }

        var parts = file.Split(':', 2);
        return parts.Length == 2 ? InTree(parts[0], parts[1]) : InTree(revision, file);
    }

    private string InTree(string? of, string file)
    {
        try
        {
            return Encoding.Latin1.GetString(Source(of).Tree.ReadBytes(file) ?? throw new UserError($"no such file in the tree: {file}", "name files as they stand in the tree, for example mm/madvise.c"));
        }
        catch (SourceTreeException trouble)
        {
            throw new UserError(trouble.Message, "name files as they stand in the tree, for example mm/madvise.c");
        }
    }

    private static string ReadText(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var bytes = new byte[MaximumLength + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length <= MaximumLength ? Encoding.Latin1.GetString(bytes, 0, length) : throw new UserError($"{file} is larger than {MaximumLength >> 20} MiB", "name a table, or a C file of a kernel");
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"{file} cannot be read: {trouble.Message.TrimEnd('.')}", "name a file that exists, or a tree with --kernel");
        }
    }
}
