using Review.Model.Collections;
using Review.Model.Eras;
using Review.Model.Memory;
using Review.Model.Userfault;

namespace Review.Model;

/// <summary>
/// The whole state: address spaces, page frames, files, userfaultfds and processes. Immutable; compares by content. Numbers of address
/// spaces, files, userfaultfds and processes are places in their lists counted from 1.
/// </summary>
public sealed record Machine
{
    private int hash;

    /// <summary>A machine with nothing on it.</summary>
    public Machine(KernelEra era, KernelBuild build)
    {
        Era = era;
        Build = build;
    }

    // The copy of a record must not take the remembered hash code along.
    private Machine(Machine original)
    {
        Era = original.Era;
        Build = original.Build;
        MaxMapCount = original.MaxMapCount;
        Spaces = original.Spaces;
        Frames = original.Frames;
        Files = original.Files;
        Userfaultfds = original.Userfaultfds;
        Processes = original.Processes;
        NextAnonVma = original.NextAnonVma;
        Protocol = original.Protocol;
    }

    /// <summary>Which kernel.</summary>
    public KernelEra Era { get; }

    /// <summary>How it was built.</summary>
    public KernelBuild Build { get; }

    /// <summary>How closely pages are taken away; the same throughout a machine's life.</summary>
    public ZapProtocol Protocol { get; init; } = ZapProtocol.OneStep;

    /// <summary>vm.max_map_count.</summary>
    public int MaxMapCount { get; init; } = 65530;

    /// <summary>Address spaces, number 1 first.</summary>
    public Seq<AddressSpace> Spaces { get; init; } = [];

    /// <summary>Page frames by number, from 1 on.</summary>
    public SparseMap<Frame> Frames { get; init; } = SparseMap<Frame>.Empty;

    /// <summary>Files, number 1 first.</summary>
    public Seq<FileObject> Files { get; init; } = [];

    /// <summary>Userfaultfds, number 1 first.</summary>
    public Seq<Userfaultfd> Userfaultfds { get; init; } = [];

    /// <summary>Processes, number 1 first.</summary>
    public Seq<Process> Processes { get; init; } = [];

    /// <summary>Identity that the next anon_vma gets.</summary>
    public int NextAnonVma { get; init; } = 1;

    /// <summary>An address space.</summary>
    public AddressSpace Space(int number) => Spaces[number - 1];

    /// <summary>A file.</summary>
    public FileObject File(int number) => Files[number - 1];

    /// <summary>A userfaultfd.</summary>
    public Userfaultfd Uffd(int number) => Userfaultfds[number - 1];

    /// <summary>A process.</summary>
    public Process Process(int number) => Processes[number - 1];

    /// <summary>The machine with an address space changed.</summary>
    public Machine With(int number, AddressSpace space) => ReferenceEquals(Spaces[number - 1], space) ? this : this with { Spaces = Spaces.With(number - 1, space) };

    /// <summary>The machine with a file changed.</summary>
    public Machine With(int number, FileObject file) => this with { Files = Files.With(number - 1, file) };

    /// <summary>The machine with a userfaultfd changed.</summary>
    public Machine With(int number, Userfaultfd uffd) => this with { Userfaultfds = Userfaultfds.With(number - 1, uffd) };

    /// <summary>The machine with a process changed.</summary>
    public Machine With(int number, Process process) => this with { Processes = Processes.With(number - 1, process) };

    /// <summary>Adds a process with an empty address space; both get the same kind of number.</summary>
    public Machine AddProcess(out int process)
    {
        process = Processes.Count + 1;
        return this with { Spaces = Spaces.Add(new AddressSpace()), Processes = Processes.Add(new Process(Spaces.Count + 1)) };
    }

    /// <summary>Adds a file.</summary>
    public Machine AddFile(FileObject file, out int number)
    {
        number = Files.Count + 1;
        return this with { Files = Files.Add(file) };
    }

    /// <inheritdoc/>
    public bool Equals(Machine? other) =>
        ReferenceEquals(this, other) || (other is not null && GetHashCode() == other.GetHashCode() && ReferenceEquals(Era, other.Era) && MaxMapCount == other.MaxMapCount
            && NextAnonVma == other.NextAnonVma && Frames.Equals(other.Frames) && Spaces.Equals(other.Spaces) && Files.Equals(other.Files)
            && Userfaultfds.Equals(other.Userfaultfds) && Processes.Equals(other.Processes));

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (hash == 0)
        {
            var sum = ((((((((Spaces.GetHashCode() * 31) + Frames.GetHashCode()) * 31) + Files.GetHashCode()) * 31) + Userfaultfds.GetHashCode()) * 31) + Processes.GetHashCode()) * 31 + NextAnonVma;
            hash = sum == 0 ? 1 : sum;
        }

        return hash;
    }
}
