//! A browser's program has one thread. `send_wrapper`, on which Leptos builds, asks before each use of what belongs to
//! the browser whether it is still on the thread where that was made. For the answer the standard library keeps a record
//! of the thread, in memory from an allocator of its own: two kilobytes, downloaded by every tablet, for a question
//! that has one answer.

use walrus::{ConstExpr, DataKind, FunctionBuilder, FunctionId, FunctionKind, Module, ValType, ir::Value};

/// Gives the record of the thread that runs, by parts of its mangled name.
const CURRENT: [&str; 2] = ["std6thread7current7current", "std..thread..current..current"];
/// Frees a record that nobody uses any more.
const FREE: [&str; 2] = ["std6thread6thread5Inner", "9drop_slow"];
/// Where the record is: below the stack, where the linker puts nothing.
const RECORD: i32 = 64;
/// The record itself: a count of its users that nothing brings to zero, and behind it the thread's number, which is
/// any but zero: zero is how the compiler writes that there is no value.
const CONTENT: [u8; 64] = [0xff; 64];

/// Lets the record be where nothing has to make it, and never be freed. Returns whether it found who makes it.
pub(crate) fn assume(wasm: &mut Module) -> bool {
    let Some(memory) = wasm.memories.iter().map(walrus::Memory::id).next() else { return false };
    let named = |is_one: &dyn Fn(&str) -> bool| -> Vec<FunctionId> {
        let all = wasm.funcs.iter_local().map(|(id, _)| id);
        all.filter(|id| wasm.funcs.get(*id).name.as_deref().is_some_and(is_one)).collect()
    };
    let current = named(&|name| CURRENT.iter().any(|part| name.contains(part)));
    let free = named(&|name| FREE.iter().all(|part| name.contains(part)));
    let mut found = false;
    for id in current.iter().chain(&free) {
        let kind = wasm.types.get(wasm.funcs.get(*id).ty());
        let (takes, gives) = (kind.params().to_vec(), kind.results().to_vec());
        let arguments: Vec<_> = takes.iter().map(|one| wasm.locals.add(*one)).collect();
        let mut body = FunctionBuilder::new(&mut wasm.types, &takes, &gives);
        match (&*takes, &*gives) {
            ([], [ValType::I32]) => {
                body.func_body().i32_const(RECORD);
                found = true;
            }
            (_, []) => {}
            // Made differently than we know: it stays as it is.
            _ => continue,
        }
        wasm.funcs.get_mut(*id).kind = FunctionKind::Local(body.local_func(arguments));
    }
    if found {
        let kind = DataKind::Active { memory, offset: ConstExpr::Value(Value::I32(RECORD)) };
        let data = wasm.data.add(kind, CONTENT.to_vec());
        wasm.memories.get_mut(memory).data_segments.insert(data);
    }
    found
}

#[cfg(test)]
mod tests {
    use walrus::{
        LocalFunction, ModuleConfig,
        ir::{Const, Instr},
    };

    use super::*;

    const CURRENT: &str = "_RNvNtNtCsebHcaeoSrxy_3std6thread7current7current";

    fn instructions(body: &LocalFunction) -> Vec<&Instr> {
        body.block(body.entry_block()).instrs.iter().map(|(one, _)| one).collect()
    }

    fn module() -> Module {
        let mut wasm = Module::with_config(ModuleConfig::new());
        wasm.memories.add_local(false, false, 1, None, None);
        wasm
    }

    #[test]
    fn nobody_makes_or_frees_the_record() {
        let mut wasm = module();
        let mut current = FunctionBuilder::new(&mut wasm.types, &[], &[ValType::I32]);
        current.name(CURRENT.to_owned()).func_body().i32_const(9);
        let current = current.finish(Vec::new(), &mut wasm.funcs);
        let mut free = |name: &str| {
            let mut body = FunctionBuilder::new(&mut wasm.types, &[ValType::I32], &[]);
            body.name(name.to_owned()).func_body().unreachable();
            let argument = wasm.locals.add(ValType::I32);
            body.finish(vec![argument], &mut wasm.funcs)
        };
        let free_record = free("_RNvMsn_4syncINtB5_3ArcNtNtNtCsebHcaeoSrxy_3std6thread6thread5InnerNtE9drop_slowBM_");
        let free_other = free("_RNvMsn_4syncINtB5_3ArcNtE9drop_slowBM_");
        assert!(assume(&mut wasm));
        let body = |id| instructions(wasm.funcs.get(id).kind.unwrap_local());
        assert!(matches!(body(current)[..], [Instr::Const(Const { value: Value::I32(RECORD) })]));
        assert!(body(free_record).is_empty() && matches!(body(free_other)[..], [Instr::Unreachable(_)]));
        let data = wasm.data.iter().next().unwrap();
        assert!(matches!(data.kind, DataKind::Active { offset: ConstExpr::Value(Value::I32(RECORD)), .. }));
        assert!(data.value.iter().all(|byte| *byte != 0), "a thread's number is never zero");
    }

    #[test]
    fn another_standard_library_is_noticed() {
        let mut wasm = module();
        let mut current = FunctionBuilder::new(&mut wasm.types, &[ValType::I32], &[ValType::I32]);
        current.name(CURRENT.to_owned()).func_body().i32_const(9);
        let argument = wasm.locals.add(ValType::I32);
        let current = current.finish(vec![argument], &mut wasm.funcs);
        assert!(!assume(&mut wasm) && wasm.data.iter().next().is_none());
        let body = instructions(wasm.funcs.get(current).kind.unwrap_local());
        assert!(matches!(body[..], [Instr::Const(Const { value: Value::I32(9) })]));
    }
}
