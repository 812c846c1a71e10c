using Review.Model;
using Review.Model.Calls;
using Review.Model.Eras;
using Review.Model.Memory;
using Review.Model.Userfault;

namespace Review.Witness.Exploration;

/// <summary>Builds the machines that situations start from: one process with a few pages.</summary>
public static class Layout
{
    /// <summary>Where the pages are.</summary>
    public const ulong A = 0x10_0000_0000;

    private static readonly Current Main = new(1, 10);

    /// <summary>A machine with one process and no memory.</summary>
    public static Machine Empty(KernelEra era, KernelBuild? build = null) => new Machine(era, build ?? KernelBuild.Recorded).AddProcess(out _);

    /// <summary>Maps private anonymous pages at A + first, and writes them.</summary>
    public static Machine Anonymous(this Machine machine, int first, int pages) =>
        machine.Map(first, pages, MapFlags.Private | MapFlags.Anonymous, 0).Touch(first, pages);

    /// <summary>Maps private anonymous pages at A + first.</summary>
    public static Machine Untouched(this Machine machine, int first, int pages) => machine.Map(first, pages, MapFlags.Private | MapFlags.Anonymous, 0);

    /// <summary>Maps pages of a new file at A + first, shared and writable, and touches those that the file has.</summary>
    public static Machine SharedFile(this Machine machine, int first, int pages, Backing backing, int? filePages = null)
    {
        machine = machine.AddFile(new FileObject(backing, (ulong)(filePages ?? pages)), out var file);
        return machine.Map(first, pages, MapFlags.Shared, file).Touch(first, filePages ?? pages);
    }

    /// <summary>Maps pages of a new file at A + first, privately.</summary>
    public static Machine PrivateFile(this Machine machine, int first, int pages)
    {
        machine = machine.AddFile(new FileObject(Backing.DiskFile, (ulong)pages), out var file);
        return machine.Map(first, pages, MapFlags.Private, file).Touch(first, pages);
    }

    /// <summary>Maps huge pages of hugetlbfs at A + first pages, and writes the first byte of each.</summary>
    public static Machine HugeTlb(this Machine machine, int first, int hugePages)
    {
        machine = machine.Do(current => new MmapCall(current, A + ((ulong)first * Pages.Size), (ulong)hugePages * Pages.HugeSize, Prot.Read | Prot.Write, MapFlags.Private | MapFlags.Anonymous | MapFlags.HugeTlb));
        return machine.Do(current => new AccessCall(current, A + ((ulong)first * Pages.Size), 1));
    }

    /// <summary>Registers all memory with a new userfaultfd that wants to hear of removals.</summary>
    public static Machine Watched(this Machine machine)
    {
        machine = machine with { Userfaultfds = machine.Userfaultfds.Add(new Userfaultfd(1, UffdFeatures.EventRemove)) };
        var mm = machine.Space(1);
        foreach (var vma in mm.Vmas)
        {
            mm = mm.Replace(vma, vma with { Userfaultfd = machine.Userfaultfds.Count, Flags = vma.Flags | VmFlags.UffdMissing });
        }

        return machine.With(1, mm);
    }

    /// <summary>The process is no longer the superuser's.</summary>
    public static Machine OfOrdinaryUser(this Machine machine) => machine.With(1, machine.Process(1) with { IsPrivileged = false });

    /// <summary>Does a call of the main thread to its end.</summary>
    public static Machine Do(this Machine machine, Func<Current, Call> call)
    {
        var step = machine.Run(call(Main));
        return step is { IsEnd: true, Result.IsSuccess: true } ? step.Machine : throw new InvalidOperationException($"a call of the layout failed: {step.Result.Error}");
    }

    private static Machine Map(this Machine machine, int first, int pages, MapFlags flags, int file) =>
        machine.Do(current => new MmapCall(current, A + ((ulong)first * Pages.Size), (ulong)pages * Pages.Size, Prot.Read | Prot.Write, flags, file));

    private static Machine Touch(this Machine machine, int first, int pages)
    {
        for (var page = first; page < first + pages; page++)
        {
            machine = machine.Do(current => new AccessCall(current, A + ((ulong)page * Pages.Size), 1));
        }

        return machine;
    }
}
