using System.Text;
using Review.Clang;

namespace Review.Tests.Clang;

/// <summary>What parsing leaves behind outside the managed heap. Alone in the process while it measures.</summary>
[Collection(nameof(ParserMemoryTests))]
public sealed class ParserMemoryTests
{
    [Fact]
    public void A_thousand_files_leave_nothing_behind()
    {
        using var parser = new ClangParser();
        var request = Snippet.Request(Encoding.UTF8.GetBytes(ParserTests.Code));
        Parse(200);
        var before = ResidentBytes();
        Parse(1000);
        var grown = ResidentBytes() - before;

        // A translation unit of this file takes more than 100 KB outside the managed heap: a few of the thousand kept would show.
        Assert.InRange(grown, long.MinValue, before / 100);

        void Parse(int times)
        {
            for (var i = 0; i < times; i++)
            {
                _ = parser.Parse(request);
            }

            // What is free is not in use: neither the garbage collector's reserve nor the C library's.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            NativeHeap.GiveBack();
        }
    }

    private static long ResidentBytes()
    {
        var pages = File.ReadAllText("/proc/self/statm").Split(' ')[1];
        return long.Parse(pages) * Environment.SystemPageSize;
    }
}

/// <summary>Keeps other tests away.</summary>
[CollectionDefinition(nameof(ParserMemoryTests), DisableParallelization = true)]
public sealed class ParserMemoryCollection;
