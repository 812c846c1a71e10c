using Review.Cli;
using Review.Cli.Cache;
using Review.Cli.Trees;

namespace Review.Tests.Cli;

public sealed class KernelLocatorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly CacheDirectory cache;

    public KernelLocatorTests()
    {
        Directory.CreateDirectory(folder.At("packages"));
        Directory.CreateDirectory(folder.At("elsewhere"));
        cache = CacheDirectory.Open(folder.At("cache"));
    }

    public void Dispose()
    {
        cache.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_named_folder_is_taken_as_it_is() =>
        Assert.Equal(folder.At("elsewhere/k"), Locate("elsewhere", null, "k").Folder);

    [Fact]
    public void The_tree_around_the_current_folder_comes_first()
    {
        using var kernel = new TemporaryFolder().WithKernel();
        var found = Locate(kernel.At("mm"), "/chosen");
        Assert.Equal(kernel.Path, found.Folder);
        Assert.Contains("current folder", found.Origin, StringComparison.Ordinal);
    }

    [Fact]
    public void Then_the_environment()
    {
        var found = Locate("elsewhere", "/chosen");
        Assert.Equal("/chosen", found.Folder);
        Assert.Contains("MMREVIEW_KERNEL", found.Origin, StringComparison.Ordinal);
    }

    [Fact]
    public void Then_the_newest_source_package()
    {
        MakePackage("6.9", "old");
        MakePackage("6.10", "new");
        var found = Locate("elsewhere", null);
        Assert.Equal("new\n", File.ReadAllText(Path.Combine(found.Folder, "mm/madvise.c")));
        Assert.Contains("linux-source-6.10", found.Origin, StringComparison.Ordinal);
    }

    [Fact]
    public void And_without_any_the_user_is_told_what_to_install() =>
        Assert.Contains("apt-get install linux-source", Assert.Throws<UserError>(() => Locate("elsewhere", null)).Cure, StringComparison.Ordinal);

    [Fact]
    public void A_package_is_unpacked_once_as_far_as_it_is_needed()
    {
        MakePackage("6.1", "one");
        var tree = Locate("elsewhere", null).Folder;
        Assert.True(File.Exists(Path.Combine(tree, "drivers/net/Kconfig.debug")));
        Assert.False(File.Exists(Path.Combine(tree, "drivers/net/e1000.c")));
        Assert.Equal("madvise.c", new FileInfo(Path.Combine(tree, "mm/link.c")).LinkTarget);
        Assert.Equal(
            [".gitignore", "Kconfig", "Makefile", "drivers/net/Kconfig.debug", "mm/link.c", "mm/madvise.c"],
            TestProgram.Git(tree, "ls-files").Split('\n'));

        File.WriteAllText(Path.Combine(tree, "witness"), string.Empty);
        Assert.Equal(tree, Locate("elsewhere", null).Folder);
        Assert.True(File.Exists(Path.Combine(tree, "witness")));
    }

    [Fact]
    public void The_commit_depends_on_the_content_alone()
    {
        MakePackage("6.1", "one");
        var package = folder.At("packages/linux-source-6.1.tar.xz");
        var first = Locate("elsewhere", null).Folder;
        File.SetLastWriteTimeUtc(package, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var second = Locate("elsewhere", null).Folder;
        Assert.NotEqual(first, second);
        Assert.Equal(TestProgram.Git(first, "rev-parse", "HEAD"), TestProgram.Git(second, "rev-parse", "HEAD"));
    }

    [Fact]
    public void A_damaged_package_is_the_users_error_and_leaves_nothing()
    {
        MakePackage("6.1", "one");
        var package = folder.At("packages/linux-source-6.1.tar.xz");
        File.WriteAllBytes(package, File.ReadAllBytes(package)[..^100]);
        Assert.Contains("damaged", Assert.Throws<UserError>(() => Locate("elsewhere", null)).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(cache.At("kernels")));
    }

    [Theory]
    [InlineData("Makefile", true)]
    [InlineData("mm/madvise.c", true)]
    [InlineData("arch/arm64/include/asm/page.h", true)]
    [InlineData("tools/testing/selftests/mm/gup_test.c", true)]
    [InlineData("Documentation/Kconfig", true)]
    [InlineData("sound/pci/Makefile", true)]
    [InlineData("arch/mips/Kconfig", true)]
    [InlineData("arch/mips/include/uapi/asm/mman.h", true)]
    [InlineData("tools/arch/parisc/include/uapi/asm/mman.h", true)]
    [InlineData("arch/mips/mm/init.c", false)]
    [InlineData("Documentation/mm/index.rst", false)]
    [InlineData("drivers/gpu/drm/drm_gem.c", false)]
    public void What_is_unpacked(string path, bool needed) => Assert.Equal(needed, DebianKernel.IsNeeded(path));

    private KernelLocation Locate(string currentFolder, string? environment, string kernel = KernelLocator.Auto) =>
        new KernelLocator(cache, folder.At(currentFolder), name => name == "MMREVIEW_KERNEL" ? environment : null, folder.At("packages"))
            .Locate(kernel, static _ => { }, CancellationToken.None);

    private void MakePackage(string version, string content)
    {
        using var source = new TemporaryFolder();
        var top = $"linux-source-{version}";
        source.Write($"{top}/Kconfig", string.Empty);
        source.Write($"{top}/Makefile", string.Empty);
        source.Write($"{top}/.gitignore", "*.c\n");
        source.Write($"{top}/mm/madvise.c", content + "\n");
        source.Link($"{top}/mm/link.c", "madvise.c");
        source.Write($"{top}/drivers/net/Kconfig.debug", string.Empty);
        source.Write($"{top}/drivers/net/e1000.c", string.Empty);
        var packed = TestProgram.Run("tar", source.Path, ["-cJf", folder.At($"packages/{top}.tar.xz"), top]);
        Assert.True(packed.Status == 0, packed.Errors);
    }
}
