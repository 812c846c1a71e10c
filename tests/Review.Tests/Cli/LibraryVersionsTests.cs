using Review.Cli;
using Review.Cli.Cache;

namespace Review.Tests.Cli;

/// <summary>The versions of the libraries, remembered and asked.</summary>
public sealed class LibraryVersionsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void They_are_those_that_the_libraries_give()
    {
        Assert.Equal(ToolVersions.Read(), Ask());
        Assert.Equal(ToolVersions.Read(), Ask());
    }

    [Fact]
    public void They_are_remembered_until_a_library_is_another_one()
    {
        _ = Ask();
        var entry = Assert.Single(Directory.GetFiles(folder.At("cache/libraries")));
        var bytes = File.ReadAllBytes(entry);
        var version = bytes.AsSpan().LastIndexOf(System.Text.Encoding.UTF8.GetBytes(ToolVersions.Read().Git));
        bytes[version] = (byte)'x';
        File.SetUnixFileMode(entry, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllBytes(entry, bytes);
        Assert.StartsWith("x", Ask().Git, StringComparison.Ordinal);

        // The size of the first library, as it was when somebody looked.
        var stamp = bytes.AsSpan().IndexOf("libclang"u8);
        stamp += bytes.AsSpan(stamp).IndexOfAnyInRange((byte)1, (byte)31) + 1;
        bytes[stamp] = bytes[stamp] == (byte)'9' ? (byte)'8' : (byte)'9';
        File.WriteAllBytes(entry, bytes);
        Assert.Equal(ToolVersions.Read(), Ask());
    }

    [Fact]
    public void A_damaged_entry_is_none()
    {
        _ = Ask();
        var entry = Assert.Single(Directory.GetFiles(folder.At("cache/libraries")));
        File.SetUnixFileMode(entry, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllBytes(entry, File.ReadAllBytes(entry)[..^3]);
        Assert.Equal(ToolVersions.Read(), Ask());
    }

    private ToolVersions Ask()
    {
        using var cache = CacheDirectory.Open(folder.At("cache"));
        return LibraryVersions.Of(cache);
    }
}
