using Review.Core.Source;
using Review.Kernel;

namespace Review.Tests.Kernel;

/// <summary>The unpacked Linux 6.1 tree that the test environment names. Without it the tests that need it fail: they are not optional.</summary>
internal sealed class RealKernel : ISourceTree
{
    private const string Variable = "MMREVIEW_TEST_KERNEL";

    private readonly string root;

    private RealKernel(string root) => this.root = root;

    public string? Revision => null;

    public static RealKernel Open()
    {
        var folder = Environment.GetEnvironmentVariable(Variable);
        Assert.False(string.IsNullOrEmpty(folder), $"set {Variable} to the top directory of an unpacked Linux 6.1 (Debian: linux-source-6.1); test.sh does it");
        var kernel = new RealKernel(folder!);
        var version = KernelVersion.Read(kernel);
        Assert.True(version is { Major: 6, Patchlevel: 1 }, $"{Variable} names Linux {version}; the expectations are for 6.1");
        return kernel;
    }

    public bool FileExists(string path) => File.Exists(Path.Combine(root, path));

    public byte[]? ReadBytes(string path) => FileExists(path) ? File.ReadAllBytes(Path.Combine(root, path)) : null;

    public IReadOnlyList<string> List(string directory)
    {
        var folder = new DirectoryInfo(Path.Combine(root, directory));
        return folder.Exists
            ? [.. folder.EnumerateFileSystemInfos().Select(entry => entry is DirectoryInfo ? $"{entry.Name}/" : entry.Name).Order(StringComparer.Ordinal)]
            : [];
    }
}
