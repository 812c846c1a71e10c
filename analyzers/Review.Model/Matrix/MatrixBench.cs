using Review.Model.Calls;
using Review.Model.Eras;
using Review.Model.Memory;
using Review.Model.Userfault;

namespace Review.Model.Matrix;

/// <summary>A process with one stretch of memory that a kind of the matrix is set up in and a row is run on.</summary>
internal sealed class MatrixBench
{
    /// <summary>Where the memory starts: aligned for huge pages, with nothing near.</summary>
    public const ulong Start = 0x2000_0000_0000UL;

    private const byte Pattern = 0x61;
    private const byte FilePattern = 0x21;

    private static readonly Current Caller = new(1, 1);

    /// <summary>A fresh process.</summary>
    public MatrixBench(int units, ulong unit)
    {
        (Units, Unit) = (units, unit);
        Machine = new Machine(KernelEra.V6_18, KernelBuild.Recorded).AddProcess(out _);
    }

    /// <summary>How many pages, or huge pages of hugetlbfs, the memory has.</summary>
    public int Units { get; }

    /// <summary>Bytes of one.</summary>
    public ulong Unit { get; }

    /// <summary>The machine.</summary>
    public Machine Machine { get; private set; }

    private ulong Length => (ulong)Units * Unit;

    /// <summary>Runs a call that has to succeed.</summary>
    public MatrixBench Do(Call call)
    {
        var step = Machine.Run(call);
        Machine = step.Machine;
        return step.IsEnd && step.Result.IsSuccess ? this : throw new InvalidOperationException($"setting up failed: {call.NextAction}: {step.Result}");
    }

    /// <summary>Runs a call and returns its error.</summary>
    public Errno Try(Call call)
    {
        var step = Machine.Run(call);
        Machine = step.Machine;
        return step.Result.Error;
    }

    public MatrixBench Map(MapFlags flags, Prot prot = Prot.Read | Prot.Write) => Do(new MmapCall(Caller, Start, Length, prot, flags | MapFlags.Anonymous));

    public MatrixBench MapFile(Backing backing, MapFlags flags, Prot prot, bool isWritable = true, bool isSealed = false, int filePages = 8)
    {
        Machine = Machine.AddFile(new FileObject(backing, (ulong)filePages) { IsWriteSealed = isSealed }, out var file);
        for (var page = 0; page < filePages && backing != Backing.Secret; page++)
        {
            Machine = Machine.WritePage(file, (ulong)page, (byte)(FilePattern + page));
        }

        return Do(new MmapCall(Caller, Start, Length, prot, flags, file, 0, isWritable));
    }

    public MatrixBench MapSpecial(Backing backing)
    {
        Machine = Machine.MapSpecial(1, backing, Start, (ulong)Units);
        return this;
    }

    public MatrixBench Write()
    {
        for (var i = 0; i < Units; i++)
        {
            Do(new AccessCall(Caller, AddressOf(i), (byte)(Pattern + i)));
        }

        return this;
    }

    public MatrixBench Read(int units = 0)
    {
        for (var i = 0; i < (units == 0 ? Units : units); i++)
        {
            Do(new AccessCall(Caller, AddressOf(i), null));
        }

        return this;
    }

    public MatrixBench Protect(Prot prot) => Do(new MprotectCall(Caller, Start, Length, prot));

    public MatrixBench Lock(VmFlags flags = VmFlags.Locked) => Do(new MlockCall(Caller, Start, Length, flags));

    public MatrixBench Seal() => Do(new MsealCall(Caller, Start, Length, 0));

    public MatrixBench Advise(int advice) => Advise(advice, 0, Units);

    public MatrixBench Advise(int advice, int first, int end) => Do(new MadviseCall(Caller, AddressOf(first), (ulong)(end - first) * Unit, advice));

    public MatrixBench Unmap(int first, int end) => Do(new MunmapCall(Caller, AddressOf(first), (ulong)(end - first) * Unit));

    public MatrixBench Register(UffdFeatures features, VmFlags mode)
    {
        Machine = Machine.OpenUserfaultfd(1, features, out var uffd);
        return Do(new UffdRegisterCall(Caller, uffd, Start, Length, mode));
    }

    /// <summary>The call of a row.</summary>
    public static Call Madvise((ulong Start, ulong Length) range, int advice) => new MadviseCall(Caller, range.Start, range.Length, advice);

    /// <summary>The VMAs, as the matrix writes them.</summary>
    public IReadOnlyList<string> Vmas() =>
        [.. Machine.Space(1).Vmas.Select(vma => $"{(vma.Start - Start) / Unit}-{(vma.End - Start) / Unit} {VmFlagNames.Permissions(vma.Flags)} {string.Join(' ', VmFlagNames.Of(vma.Flags))}")];

    /// <summary>The page states, as the matrix writes them.</summary>
    public string States() => PageView.States(Machine, 1, Start, Units, Unit);

    /// <summary>
    /// What reading every page gives: 0 zero, P what the process wrote, F what the file holds, S SIGSEGV, B SIGBUS, - nothing mapped. Memory
    /// without access is made readable first, where that is allowed.
    /// </summary>
    public string Content()
    {
        foreach (var vma in Machine.Space(1).Vmas.Where(static vma => !vma.IsAccessible).ToList())
        {
            Try(new MprotectCall(Caller, vma.Start, vma.End - vma.Start, Prot.Read));
        }

        return string.Concat(Enumerable.Range(0, Units).Select(Read));

        char Read(int unit)
        {
            if (Machine.Space(1).Lookup(AddressOf(unit)) is null)
            {
                return '-';
            }

            var step = Machine.Run(new AccessCall(Caller, AddressOf(unit), null));
            Machine = step.Machine;
            return step.Result switch
            {
                { Signal: Signal.Segv } => 'S',
                { Signal: Signal.Bus } => 'B',
                { Value: 0 } => '0',
                { Value: var value } when value == (ulong)(Pattern + unit) => 'P',
                { Value: var value } when value == (ulong)(FilePattern + unit) => 'F',
                _ => '?',
            };
        }
    }

    private static ulong AddressOf(int unit, ulong size) => Start + ((ulong)unit * size);

    private ulong AddressOf(int unit) => AddressOf(unit, Unit);
}
