using Review.Kernel;

namespace Review.Tests.Kernel;

public sealed class KernelVersionTests
{
    [Fact]
    public void AllPartsAreRead()
    {
        var version = KernelVersion.Read(MemoryTree.Kernel("# SPDX\nVERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 117\nEXTRAVERSION = -rc3\nNAME = Baby\n"));
        Assert.Equal("6.12.117-rc3", version.ToString());
        Assert.Equal(0x060C75, version.Code);
    }

    [Fact]
    public void AnEmptyExtraVersionDoesNotTakeTheNextLine()
    {
        var version = KernelVersion.Read(MemoryTree.Kernel("VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 192\nEXTRAVERSION =\nNAME = Curry\n"));
        Assert.Equal("6.1.192", version.ToString());
    }

    [Fact]
    public void ALargeSublevelCountsAs255InTheCode() =>
        Assert.Equal(0x0409FF, KernelVersion.Read(MemoryTree.Kernel("VERSION = 4\nPATCHLEVEL = 9\nSUBLEVEL = 337\n")).Code);

    [Theory]
    [InlineData("all:\n\techo hello\n")]
    [InlineData("VERSION = 6\n")]
    [InlineData("VERSION = 99999999999\nPATCHLEVEL = 1\n")]
    [InlineData("")]
    public void AnotherMakefileIsNoKernel(string makefile) =>
        Assert.Contains("not a kernel tree", Assert.Throws<KernelTreeException>(() => KernelVersion.Read(MemoryTree.Kernel(makefile))).Message, StringComparison.Ordinal);

    [Fact]
    public void ADirectoryWithoutMakefileIsNoKernel() =>
        Assert.Throws<KernelTreeException>(() => KernelVersion.Read(new MemoryTree()));

    [Fact]
    public void AMakefileThatCannotBeReadSaysWhy() =>
        Assert.Equal("Makefile: a link that leaves the tree", Assert.Throws<KernelTreeException>(() => KernelVersion.Read(new MemoryTree().With("Makefile", (string?)null))).Message);
}
