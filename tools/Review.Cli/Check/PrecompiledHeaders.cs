using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Review.Clang;
using Review.Cli.Cache;
using Review.Core.Source;
using Review.Kernel.Compilation;

namespace Review.Cli.Check;

/// <summary>
/// The headers that most files of a kernel include, compiled once for each tree, architecture and configuration, and kept in the cache until one
/// of them changes. They save time and change nothing, so whoever cannot have them does without.
/// </summary>
/// <param name="cache">Where they are kept.</param>
/// <param name="source">The tree.</param>
/// <param name="version">What the result depends on besides headers and arguments: libclang, and our own code.</param>
/// <param name="cancellation">Stops waiting for another process that makes the same.</param>
internal sealed class PrecompiledHeaders(CacheDirectory cache, KernelSource source, string version, CancellationToken cancellation)
{
    /// <summary>To compile the headers takes as long as to parse two files without them.</summary>
    private const int WorthMaking = 4;

    private readonly ConcurrentDictionary<PreparedKernel, Lazy<PrecompiledHeader?>> known = new(ReferenceEqualityComparer.Instance);

    /// <summary>
    /// How many files will be parsed for a kernel. Headers are made when it is worth it: for many files, or for somebody who missed them before and comes back. They are used if they are there anyway.
    /// </summary>
    public Func<PreparedKernel, int> Expected { get; init; } = static _ => 0;

    /// <summary>The compiled headers for a kernel; null if there are none.</summary>
    public PrecompiledHeader? For(PreparedKernel kernel) => known.GetOrAdd(kernel, static (key, self) => new Lazy<PrecompiledHeader?>(() => self.FindOrMake(key)), this).Value;

    private PrecompiledHeader? FindOrMake(PreparedKernel kernel)
    {
        try
        {
            var arguments = kernel.Build.Arguments.ForHeader(kernel.Root, kernel.Headers);
            var text = TextFor(kernel, arguments);
            var key = Hash(string.Join('\n', [version, text, .. arguments]));
            var forced = kernel.Build.Arguments.ForcedHeaders(kernel.Root);
            if (text.Length == 0)
            {
                return null;
            }

            var found = Find(key, forced);
            if (found is not null || !IsWorthMaking(key, Expected(kernel)))
            {
                return found;
            }

            using var alone = cache.Lock($"headers-{key}", cancellation);
            return Find(key, forced) ?? Make(key, kernel, text, arguments, forced);
        }
        catch (Exception trouble) when (trouble is ClangFailedException or SourceTreeException or IOException or UnauthorizedAccessException or UserError)
        {
            return null;
        }
    }

    private bool IsWorthMaking(string key, int files)
    {
        var missed = cache.At("headers", key + ".missed");
        if (files >= WorthMaking || File.Exists(missed))
        {
            return true;
        }

        cache.WriteFile(missed, []);
        return false;
    }

    /// <summary>What the headers are. To know it all sources of mm/ have to be read, so that for a commit, which stays as it is, it is kept; the arguments tell the configuration.</summary>
    private string TextFor(PreparedKernel kernel, IEnumerable<string> arguments)
    {
        if (source.WorkTreeRoot is not null)
        {
            return CommonHeaders.Text(source.Tree, kernel.Build.Kbuild, kernel.Root);
        }

        var file = cache.At("headers", Hash(string.Join('\n', [version, source.Identity, .. arguments])) + ".text");
        if (!File.Exists(file))
        {
            cache.WriteFile(file, Encoding.ASCII.GetBytes(CommonHeaders.Text(source.Tree, kernel.Build.Kbuild, kernel.Root)));
        }

        cache.Use(file);
        return File.ReadAllText(file);
    }

    private PrecompiledHeader? Find(string key, IReadOnlyList<string> forced)
    {
        try
        {
            using var entry = new EntryReader(File.ReadAllBytes(EntryFile(key)));
            var (header, compiled, index) = FilesIn(entry.ReadString());
            if (!StampedFiles.AreCurrent(entry))
            {
                return null;
            }

            using var stream = new MemoryStream(File.ReadAllBytes(index));
            cache.Use(EntryFile(key));
            return File.Exists(compiled) ? new PrecompiledHeader(compiled, header, HeaderIndex.ReadFrom(stream)) { Forced = forced } : null;
        }
        catch (Exception trouble) when (EntryReader.IsDamage(trouble))
        {
            return null;
        }
    }

    private PrecompiledHeader Make(string key, PreparedKernel kernel, string text, IReadOnlyList<string> arguments, IReadOnlyList<string> forced)
    {
        // clang remembers where the header lay, so that it is written where it stays; a new one never takes the place of one that is in use.
        string folder;
        for (var number = 0; Directory.Exists(folder = cache.At("headers", string.Create(CultureInfo.InvariantCulture, $"{key}-{number}"))); number++)
        {
        }

        var (header, compiled, indexFile) = FilesIn(folder);
        var common = new SourceText(Path.GetFileName(header), Encoding.ASCII.GetBytes(text));
        cache.WriteFile(header, common.Bytes);
        using var parser = new ClangParser();
        var index = parser.Precompile(common, folder, (kernel.Root, kernel.Overlay), [.. arguments], compiled);
        using var stream = new MemoryStream();
        index.WriteTo(stream);
        cache.WriteFile(indexFile, stream.GetBuffer().AsSpan(0, (int)stream.Length));
        using var entry = new EntryWriter();
        entry.Write(folder);
        StampedFiles.Write(entry, index.Files);
        cache.WriteFile(EntryFile(key), entry.Bytes);
        return new PrecompiledHeader(compiled, header, index) { Forced = forced };
    }

    private static (string Header, string Compiled, string Index) FilesIn(string folder) =>
        (Path.Combine(folder, "common.h"), Path.Combine(folder, "common.pch"), Path.Combine(folder, "common.index"));

    private string EntryFile(string key) => cache.At("headers", key + ".made-from");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
}
