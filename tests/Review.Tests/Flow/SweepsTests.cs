using Review.Flow.Paths;

namespace Review.Tests.Flow;

/// <summary>In which order paths that wait at blocks are followed.</summary>
public sealed class SweepsTests
{
    [Fact]
    public void BlocksComeInOrderAndPathsAsTheyArrived()
    {
        var sweeps = new Sweeps<string>(3);
        sweeps.Add(2, "late");
        sweeps.Add(0, "first");
        sweeps.Add(0, "second");

        Assert.Equal(["0 first", "0 second", "2 late"], TakeAll(sweeps));
    }

    [Fact]
    public void WhatComesBackToABlockWaitsForTheNextSweep()
    {
        var sweeps = new Sweeps<string>(4);
        sweeps.Add(1, "head");
        Assert.True(sweeps.TryTake(out _, out _));

        sweeps.Add(1, "round");
        sweeps.Add(0, "before");
        sweeps.Add(3, "exit");

        Assert.Equal(["3 exit", "0 before", "1 round"], TakeAll(sweeps));
    }

    [Fact]
    public void AFunctionWithoutBlocksIsDoneAtOnce() => Assert.Empty(TakeAll(new Sweeps<string>(0)));

    private static List<string> TakeAll(Sweeps<string> sweeps)
    {
        var taken = new List<string>();
        while (sweeps.TryTake(out var block, out var item))
        {
            taken.Add($"{block} {item}");
        }

        return taken;
    }
}
