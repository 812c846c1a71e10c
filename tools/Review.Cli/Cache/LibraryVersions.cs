using System.Security.Cryptography;
using System.Text;

namespace Review.Cli.Cache;

/// <summary>
/// The versions of libclang and libgit2, kept as long as the files that were loaded for them are the same and nothing has changed where the system looks for libraries: to load both only to ask
/// takes longer than to answer from the cache. Nothing is kept where that cannot be told.
/// </summary>
internal static class LibraryVersions
{
    /// <summary>What libraries of this process are mapped from, proc(5).</summary>
    private const string Maps = "/proc/self/maps";

    /// <summary>What the dynamic linker knows of the places where libraries are, ld.so(8).</summary>
    private const string LinkerCache = "/etc/ld.so.cache";

    private static readonly string[] Names = ["libclang", "libLLVM", "libgit2", "libClangSharp", "git2"];

    /// <summary>The versions, of <see cref="ToolVersions.Read()"/> if they are not known.</summary>
    public static ToolVersions Of(CacheDirectory cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        var places = Places();
        var file = cache.At("libraries", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{ToolVersions.Own}\n{string.Join('\n', places)}")))[..32]);
        if (Read(file) is { } known)
        {
            return known;
        }

        var versions = ToolVersions.Read();
        if (LoadedFiles() is { Count: > 0 } loaded && versions.HasBoth && !places.Concat(loaded).Any(path => FileStamp.IsNewerThan(path, cache.Opened)))
        {
            using var entry = new EntryWriter();
            StampedFiles.Write(entry, [.. places, .. loaded]);
            entry.Write(versions.Clang);
            entry.Write(versions.Git);
            cache.WriteFile(file, entry.Bytes);
        }

        return versions;
    }

    private static ToolVersions? Read(string file)
    {
        try
        {
            using var entry = new EntryReader(File.ReadAllBytes(file));
            return StampedFiles.AreCurrent(entry) ? ToolVersions.Of(entry.ReadString(), entry.ReadString()) : null;
        }
        catch (Exception trouble) when (EntryReader.IsDamage(trouble))
        {
            return null;
        }
    }

    /// <summary>Where libraries are looked for: what is there tells which one is found.</summary>
    private static List<string> Places() =>
        [LinkerCache, AppContext.BaseDirectory, .. (Environment.GetEnvironmentVariable("LD_LIBRARY_PATH") ?? "").Split([':', ';'], StringSplitOptions.RemoveEmptyEntries).Select(Path.GetFullPath)];

    /// <summary>The libraries of which the versions are asked, as far as they are loaded.</summary>
    private static List<string> LoadedFiles() =>
        !File.Exists(Maps) ? []
        : [.. File.ReadLines(Maps).Select(static line => line.IndexOf('/', StringComparison.Ordinal) is >= 0 and var start ? line[start..] : "").Where(static path => Array.Exists(Names, name => Path.GetFileName(path).StartsWith(name, StringComparison.Ordinal))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
