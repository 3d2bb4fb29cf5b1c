# Completion of adr in bash: whatever _adr_autocomplete says about the words so far, else files.
_adr() {
  local IFS=$' \n'
  COMPREPLY=($(_adr_autocomplete "${COMP_WORDS[@]}"))
}
complete -F _adr -o default adr
