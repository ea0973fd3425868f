console.log(2, 'two')
