using Review.Model;
using Review.Model.Calls;
using Review.Model.Eras;
using Review.Model.Gup;
using Review.Model.Memory;

namespace Review.Tests.Model;

/// <summary>get_user_pages() and pin_user_pages(): references, pins, and what fork and writes make of them.</summary>
public sealed class GupTests
{
    private const ulong A = 0x2000_0000_0000;

    private static readonly Current Caller = new(1, 1);

    [Fact]
    public void A_page_lives_as_long_as_it_is_referenced()
    {
        var machine = Written();
        var frame = machine.Space(1).PteAt(A).Frame;
        machine = machine.Run(new GupCall(Caller, 1, A, 1, GupFlags.Get, IsFast: true)).Machine;
        machine = machine.Run(new MunmapCall(Caller, A, Pages.Size)).Machine;
        Assert.Equal(7, machine.FrameAt(frame).Content);
        Assert.Equal(default, machine.Release(frame, pin: false).FrameAt(frame));
    }

    [Fact]
    public void A_pinned_page_is_copied_for_the_child_at_once()
    {
        var machine = Written();
        var frame = machine.Space(1).PteAt(A).Frame;
        var pinned = machine.Run(new GupCall(Caller, 1, A, 1, GupFlags.Pin, IsFast: true)).Machine.Run(new ForkCall(Caller)).Machine;
        Assert.NotEqual(frame, pinned.Space(2).PteAt(A).Frame);
        Assert.Equal(frame, machine.Run(new ForkCall(Caller)).Machine.Space(2).PteAt(A).Frame);

        // The parent goes on writing the page that the device sees.
        var written = pinned.Run(new AccessCall(Caller, A, 8)).Machine;
        Assert.Equal(frame, written.Space(1).PteAt(A).Frame);
        Assert.Equal(7, written.FrameAt(written.Space(2).PteAt(A).Frame).Content);
    }

    [Fact]
    public void A_read_only_pin_of_a_shared_page_unshares_it()
    {
        var forked = Written().Run(new ForkCall(Caller)).Machine;
        var shared = forked.Space(1).PteAt(A).Frame;
        var pinned = forked.Run(new GupCall(Caller, 1, A, 1, GupFlags.Pin, IsFast: true)).Machine;
        var referenced = forked.Run(new GupCall(Caller, 1, A, 1, GupFlags.Get, IsFast: true)).Machine;
        Assert.NotEqual(shared, pinned.Space(1).PteAt(A).Frame);
        Assert.Equal(shared, referenced.Space(1).PteAt(A).Frame);
    }

    [Theory]
    [InlineData(GupFlags.Get | GupFlags.Pin)]
    [InlineData(GupFlags.Get | GupFlags.LongTerm)]
    public void Contradictory_flags_are_refused(GupFlags flags) =>
        Assert.Equal(Errno.EINVAL, Written().Run(new GupCall(Caller, 1, A, 1, flags, IsFast: true)).Result.Error);

    [Fact]
    public void A_long_term_writable_pin_of_a_disk_file_is_refused()
    {
        var machine = Empty().AddFile(new FileObject(Backing.DiskFile, 1), out var file).AddFile(new FileObject(Backing.Shmem, 1), out var shmem);
        machine = Do(machine, new MmapCall(Caller, A, Pages.Size, Prot.Read | Prot.Write, MapFlags.Shared, file));
        machine = Do(machine, new MmapCall(Caller, A + Pages.Size, Pages.Size, Prot.Read | Prot.Write, MapFlags.Shared, shmem));
        machine = Do(Do(machine, new AccessCall(Caller, A, 1)), new AccessCall(Caller, A + Pages.Size, 1));
        const GupFlags lasting = GupFlags.Pin | GupFlags.LongTerm | GupFlags.Write;
        Assert.Equal(Errno.EFAULT, machine.Run(new GupCall(Caller, 1, A, 1, lasting, IsFast: true)).Result.Error);
        Assert.Equal(1UL, machine.Run(new GupCall(Caller, 1, A + Pages.Size, 1, lasting, IsFast: true)).Result.Value);
        Assert.Equal(1UL, machine.Run(new GupCall(Caller, 1, A, 1, GupFlags.Pin | GupFlags.Write, IsFast: true)).Result.Value);
    }

    [Fact]
    public void What_was_taken_before_an_error_is_returned()
    {
        var machine = Written();
        Assert.Equal(1UL, machine.Run(new GupCall(Caller, 1, A, 3, GupFlags.Get, IsFast: false)).Result.Value);
        Assert.Equal(Errno.EFAULT, machine.Run(new GupCall(Caller, 1, A + Pages.Size, 1, GupFlags.Get, IsFast: false)).Result.Error);
        Assert.Equal(CallResult.Success, machine.Run(new GupCall(Caller, 1, A + Pages.Size, 1, GupFlags.Get | GupFlags.FastOnly, IsFast: true)).Result);
    }

    private static Machine Empty() => new Machine(KernelEra.V6_18, KernelBuild.Recorded).AddProcess(out _);

    private static Machine Written() =>
        Do(Do(Empty(), new MmapCall(Caller, A, Pages.Size, Prot.Read | Prot.Write, MapFlags.Private | MapFlags.Anonymous)), new AccessCall(Caller, A, 7));

    private static Machine Do(Machine machine, Call call)
    {
        var step = machine.Run(call);
        Assert.True(step.IsEnd && step.Result.IsSuccess, $"{call}: {step.Result}");
        return step.Machine;
    }
}
