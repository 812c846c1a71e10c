using Review.Model.Scenarios;

namespace Review.Model.Comparison;

/// <summary>Calls on userfaultfds: one with SIGBUS that stays open, and others whose events a monitor reads.</summary>
internal sealed partial class CallGenerator
{
    private bool hasUffd;
    private bool isMonitored;

    private IEnumerable<Operation> Userfault()
    {
        if (depth > 0)
        {
            return [];
        }

        var (address, length) = LooseRange();
        if (!hasUffd)
        {
            hasUffd = true;
            return
            [
                new OpenUffd("U", UffdFeatures.SigBus | (dice.OneIn(2) ? UffdFeatures.WriteProtect : UffdFeatures.None)),
                Register(address, length),
            ];
        }

        return
        [
            dice.Below(8) switch
            {
                7 => new UffdContinue("U", address, length, Any),
                0 or 1 => Register(address, length),
                2 => new UffdUnregister("U", address, length, Any),
                3 => new UffdZeroPage("U", address, length, Any),
                4 => new UffdWriteProtect("U", address, length, dice.OneIn(2), Any),
                _ => new UffdCopy("U", address, (byte)dice.Between(1, 255), Any),
            },
        ];
    }

    /// <summary>
    /// A call in a thread, on memory of a userfaultfd whose events are read meanwhile and which is closed again: whoever changed that memory later would wait for ever.
    /// </summary>
    private IEnumerable<Operation> Monitored()
    {
        if (depth > 0)
        {
            return [];
        }

        var uffd = $"E{names++}";
        var (address, length, _) = Range();
        var features = UffdFeatures.SigBus | dice.Weighted(
            (5, UffdFeatures.EventRemove | UffdFeatures.EventUnmap | UffdFeatures.EventRemap | UffdFeatures.EventFork),
            (1, UffdFeatures.EventRemove | UffdFeatures.EventFork),
            (1, UffdFeatures.EventUnmap),
            (1, UffdFeatures.EventRemap));
        var mode = dice.Weighted((4, UffdModes.Missing), (1, UffdModes.WriteProtect));
        features |= mode == UffdModes.WriteProtect ? UffdFeatures.WriteProtect : UffdFeatures.None;
        var step = dice.Below(4) switch
        {
            0 => Advise(),
            1 => Unmap(),
            2 => RemapInThread(),
            _ => [new Fork(new[] { Read(), Write(), Read() }.SelectMany(static access => access).ToEquatableList())],
        };
        return
        [
            new OpenUffd(uffd, features),
            new UffdRegister(uffd, address, length, mode, Any),
            .. step.Select(static operation => operation is Reserve ? operation : new StartThread(operation)),
            new JoinThreads(uffd),
            new Close(uffd, Any),
        ];
    }

    // A free move has no name there: nobody could look at what it moved.
    private IEnumerable<Operation> RemapInThread()
    {
        isMonitored = true;
        var operations = Remap();
        isMonitored = false;
        return operations;
    }

    private UffdRegister Register(AddressExpression address, AddressExpression length) =>
        new("U", address, length, dice.Weighted((5, UffdModes.Missing), (2, UffdModes.WriteProtect), (1, UffdModes.Missing | UffdModes.WriteProtect), (1, UffdModes.Minor)), Any);
}
