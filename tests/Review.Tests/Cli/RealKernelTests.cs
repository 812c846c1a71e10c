using Review.Cli.Cache;
using Review.Cli.Trees;

namespace Review.Tests.Cli;

public sealed class RealKernelTests
{
    [KernelFact]
    public void The_commit_and_the_work_tree_of_a_real_kernel_agree()
    {
        var work = new WorkTree(KernelFactAttribute.KernelFolder!);
        using var git = GitTree.Open(KernelFactAttribute.KernelFolder!, "HEAD");
        foreach (var folder in new[] { string.Empty, "mm", "include/linux", "arch/x86/include/asm" })
        {
            var entries = work.List(folder);
            Assert.NotEmpty(entries);
            Assert.Equal(entries, git.List(folder));
            foreach (var file in entries.Where(static entry => !entry.EndsWith('/')).Select(entry => TreePath.Join(folder, entry)))
            {
                Assert.True(work.ReadBytes(file).AsSpan().SequenceEqual(git.ReadBytes(file)), file);
            }
        }
    }

    [KernelFact]
    public void A_snapshot_of_a_real_kernel_has_what_the_commit_has()
    {
        using var place = new TemporaryFolder();
        using var cache = CacheDirectory.Open(place.Path);
        using var git = GitTree.Open(KernelFactAttribute.KernelFolder!, "HEAD");
        var snapshot = new SnapshotStore(cache).Materialise(git, ["include", "mm"]);
        var files = Directory.GetFiles(snapshot.Folder, "*", SearchOption.AllDirectories);
        Assert.Equal(files.Length, files.Select(file => PosixFile.Status(file).Inode).Distinct().Count());
        Assert.Equal(snapshot.Files, files.Length);
        Assert.All(files, file => Assert.True(File.ReadAllBytes(file).AsSpan().SequenceEqual(git.ReadBytes(Path.GetRelativePath(snapshot.Folder, file))), file));
    }
}
